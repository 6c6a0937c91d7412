using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Layouts;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Tokenization.Tests.Layouts;

public sealed class CheckpointLayoutTests : IDisposable
{
    private static readonly LsrSettings Splade = new()
    {
        Variant = PerSide.Both(AttentionVariant.Bidirectional),
        LowerCase = false,
        AddBos = true,
        AddEos = true,
        PooledTokens = PooledTokens.All,
        MaxTokens = new(510, 510),
        MaxTerms = new(int.MaxValue, int.MaxValue),
        TermRule = new TermRule(Tokens: TokenTerms.AnyToken),
        ImpactFactor = 100,
        ImpactMaximum = 65_535,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("BertForMaskedLM")]
    [InlineData("BertForPreTraining")] // has a masked-LM head, too
    public void Read_masked_language_model_is_SPLADE(string architecture)
    {
        PublicModel.WriteSplade(_folder, architecture: architecture);
        var layout = CheckpointLayout.Read(_folder.Path);
        Assert.Equal(Splade, layout.Settings);
        Assert.Equal(_folder.Path, layout.ModelDirectory);
        Assert.Null(layout.QueryTable);
    }

    [Fact]
    public void Load_term_space_of_masked_language_model_has_a_term_per_token()
    {
        PublicModel.WriteSplade(_folder);
        var space = TermSpace.Load(_folder.Path);
        Assert.Equal(PublicModel.Tokens, Enumerable.Range(0, space.Terms.Count).Select(row => space.Terms[row]));
        Assert.Equal([PublicModel.Film, PublicModel.Ing], space.Tokenize("FILMing", 10, out _));
    }

    [Fact]
    public void Load_term_space_with_query_table_has_no_terms_for_special_tokens()
    {
        PublicModel.WriteSplade(_folder);
        _folder.Write("idf.json", """{"film": 1}""");
        var space = TermSpace.Load(_folder.Path);
        Assert.Equal(
            [null, null, null, null, null, "the", "film", "movie", "run", "##ing", "?", "[unused0]"],
            Enumerable.Range(0, space.Terms.Count).Select(row => space.Terms[row]));
    }

    [Theory]
    [InlineData("roberta", 1, 514, 510)]
    [InlineData("roberta", 0, 300, 297)]
    [InlineData("xlm-roberta", 1, 514, 510)]
    [InlineData("bert", 1, 128, 126)]
    public void Read_masked_language_model_leaves_positions_for_special_tokens(
        string type, int padding, int positions, int tokens)
    {
        PublicModel.WriteSplade(_folder);
        _folder.Write("config.json",
            $$"""
            {"architectures": ["BertForMaskedLM"], "model_type": "{{type}}", "pad_token_id": {{padding}},
             "max_position_embeddings": {{positions}} }
            """);
        Assert.Equal(PerSide.Both(tokens), CheckpointLayout.Read(_folder.Path).Settings.MaxTokens);
    }

    [Fact]
    public void Read_tokenizer_without_limit_has_limit_of_model()
    {
        PublicModel.WriteSplade(_folder);
        _folder.Write("tokenizer_config.json", """{"model_max_length": 1000000000000000019884624838656}""");
        Assert.Equal(PerSide.Both(510), CheckpointLayout.Read(_folder.Path).Settings.MaxTokens);
    }

    [Fact]
    public void Read_sparse_encoder_reads_its_modules()
    {
        PublicModel.WriteSparseEncoder(_folder);
        Assert.Equal(
            Splade with { MaxTokens = PerSide.Both(254) }, CheckpointLayout.Read(_folder.Path).Settings);
        PublicModel.WritePooling(_folder, "1_SpladePooling", "sum", "log1p_relu");
        _folder.Write("sentence_bert_config.json", """{"max_seq_length": null, "do_lower_case": true}""");
        Assert.Equal(
            Splade with
            {
                LowerCase = true,
                Pooling = PerSide.Both(TermPooling.SaturatedSum),
                Saturation = PerSide.Both(Saturation.LogLog),
            },
            CheckpointLayout.Read(_folder.Path).Settings);
    }

    /// <summary>As sentence-transformers saves new models since 5.4.</summary>
    [Fact]
    public void Read_sparse_encoder_with_task_of_transformer_reads_its_modules()
    {
        PublicModel.WriteSparseEncoder(_folder);
        PublicModel.WriteSplade(_folder, "0_Transformer");
        _folder.Write("modules.json",
            """
            [{"idx": 0, "name": "0", "path": "0_Transformer",
              "type": "sentence_transformers.base.modules.transformer.Transformer"},
             {"idx": 1, "name": "1", "path": "1_SpladePooling",
              "type": "sentence_transformers.sparse_encoder.modules.splade_pooling.SpladePooling"}]
            """);
        _folder.Write("0_Transformer/sentence_bert_config.json", """{"transformer_task": "fill-mask"}""");
        var layout = CheckpointLayout.Read(_folder.Path);
        Assert.Equal(Splade, layout.Settings);
        Assert.Equal(_folder.File("0_Transformer"), layout.ModelDirectory);
    }

    [Fact]
    public void Read_prompts_become_prefixes_whose_tokens_count()
    {
        PublicModel.WriteSparseEncoder(_folder);
        _folder.Write("config_sentence_transformers.json",
            """{"prompts": {"query": "the film: ", "passage": "?", "other": "run"}, "default_prompt_name": "other"}""");
        var settings = CheckpointLayout.Read(_folder.Path).Settings;
        Assert.Equal(new("the film: ", "?"), settings.Prefix);
        Assert.Equal(new(251, 253), settings.MaxTokens);
        _folder.Write("config_sentence_transformers.json",
            """{"prompts": {"other": "run "}, "default_prompt_name": "other"}""");
        Assert.Equal(PerSide.Both("run "), CheckpointLayout.Read(_folder.Path).Settings.Prefix);
    }

    [Theory]
    [InlineData("")]
    [InlineData("document_0_MLMTransformer")]
    public void Read_router_reads_model_of_documents_and_table_of_queries(string model)
    {
        PublicModel.WriteRouter(_folder, model);
        var layout = CheckpointLayout.Read(_folder.Path);
        Assert.Equal(
            Splade with
            {
                TermRule = new TermRule(Tokens: TokenTerms.Token),
                Saturation = PerSide.Both(Saturation.LogLog),
            },
            layout.Settings);
        Assert.Equal(model.Length == 0 ? _folder.Path : _folder.File(model), layout.ModelDirectory);
        Assert.Equal(_folder.File("query_0_SparseStaticEmbedding/model.safetensors"), layout.QueryTable?.Path);
    }

    [Fact]
    public void Read_router_with_model_for_queries_reads_pooling_of_each_side()
    {
        PublicModel.WriteRouter(_folder, "0_MLMTransformer");
        PublicModel.WritePooling(_folder, "query_1_SpladePooling", "sum");
        _folder.Write("router_config.json",
            """
            {"types": {"0_MLMTransformer": "x.MLMTransformer", "query_1_SpladePooling": "x.SpladePooling",
               "document_1_SpladePooling": "x.SpladePooling"},
             "structure": {"query": ["0_MLMTransformer", "query_1_SpladePooling"],
               "document": ["0_MLMTransformer", "document_1_SpladePooling"]}, "parameters": {} }
            """);
        var layout = CheckpointLayout.Read(_folder.Path);
        Assert.Null(layout.QueryTable);
        Assert.Equal(new(TermPooling.SaturatedSum, TermPooling.Max), layout.Settings.Pooling);
        Assert.Equal(new(Saturation.Log, Saturation.LogLog), layout.Settings.Saturation);
    }

    [Fact]
    public void Read_lsr_json_has_precedence_over_public_files()
    {
        PublicModel.WriteSparseEncoder(_folder);
        _folder.Write("idf.json", "{}");
        new LsrSettings().Save(_folder.Path);
        var layout = CheckpointLayout.Read(_folder.Path);
        Assert.Equal(new LsrSettings(), layout.Settings);
        Assert.Null(layout.QueryTable);
    }

    [Theory]
    [InlineData("config.json", """{"architectures": ["BertModel"]}""", "lsr.json: file not found")]
    [InlineData("terms.txt", "film", "lsr.json: file not found")] // of this library, so not a public model
    [InlineData("config.json", """{"architectures": "BertForMaskedLM"}""", "architectures")]
    [InlineData("config.json", "{", "config.json: not valid JSON")]
    public void Read_directory_without_head_or_settings_throws(string file, string content, string problem)
    {
        PublicModel.WriteSplade(_folder);
        AssertThrows(file, content, problem);
    }

    [Theory]
    [InlineData("modules.json", "{}", "modules.json: expected an array")]
    [InlineData("modules.json", "[]", "the modules of documents are ")]
    [InlineData(
        "modules.json", """[{"path": "", "type": "x.Transformer"}]""", "the modules of documents are Transformer.")]
    [InlineData(
        "modules.json",
        """
        [{"path": "", "type": "x.Transformer"}, {"path": "1", "type": "x.Pooling"},
         {"path": "2", "type": "x.SparseAutoEncoder"}]
        """, "Transformer, Pooling, SparseAutoEncoder. Supported are")]
    [InlineData(
        "modules.json",
        """[{"path": "", "type": "x.Transformer"}, {"path": "1_SpladePooling", "type": "x.SpladePooling"}]""",
        "field 'transformer_task' is missing: only 'fill-mask'")]
    [InlineData("modules.json", """[{"path": "../x", "type": "x.MLMTransformer"}]""", "field 'path': '../x'")]
    [InlineData(
        "1_SpladePooling/config.json", """{"pooling_strategy": "mean"}""", "field 'pooling_strategy' is 'mean'")]
    [InlineData(
        "1_SpladePooling/config.json", """{"activation_function": "gelu"}""", "field 'activation_function' is 'gelu'")]
    [InlineData(
        "config_sentence_transformers.json", """{"similarity_fn_name": "cosine"}""",
        "field 'similarity_fn_name' is cosine: only 'dot'")]
    [InlineData(
        "config_sentence_transformers.json", """{"prompts": {"query": "run"} }""",
        "field 'prompts': the tokenizer joins")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 0}""", "field 'max_seq_length' is 0")]
    public void Read_unsupported_sparse_encoder_throws_naming_file_and_field(
        string file, string content, string problem)
    {
        PublicModel.WriteSparseEncoder(_folder);
        AssertThrows(file, content, problem);
    }

    [Theory]
    [InlineData(
        "router_config.json", """{"types": {}, "structure": {"query": []}, "parameters": {} }""",
        "field 'document': it is missing")]
    [InlineData(
        "router_config.json",
        """{"types": {}, "structure": {}, "parameters": {"route_mappings": {"('query', None)": "query"} } }""",
        "field 'parameters.route_mappings'")]
    [InlineData(
        "router_config.json",
        """
        {"types": {"a": "x.MLMTransformer", "": "x.MLMTransformer", "document_1_SpladePooling": "x.SpladePooling"},
         "structure": {"query": ["a", "document_1_SpladePooling"], "document": ["", "document_1_SpladePooling"]} }
        """, "queries and documents have different language models")]
    [InlineData(
        "config_sentence_transformers.json", """{"prompts": {"query": "run "} }""",
        "field 'prompts': a prompt for queries")]
    public void Read_unsupported_router_throws_naming_file_and_field(string file, string content, string problem)
    {
        PublicModel.WriteRouter(_folder);
        AssertThrows(file, content, problem);
    }

    [Fact]
    public void Read_router_without_table_throws_with_remedy()
    {
        PublicModel.WriteRouter(_folder);
        var table = _folder.File("query_0_SparseStaticEmbedding/model.safetensors");
        File.Delete(table);
        Assert.StartsWith(
            $"{table}: file not found",
            Assert.Throws<CheckpointException>(() => CheckpointLayout.Read(_folder.Path)).Message,
            StringComparison.Ordinal);
        _folder.Write("idf.json", "{}");
        Assert.Equal(_folder.File("idf.json"), CheckpointLayout.Read(_folder.Path).QueryTable?.Path);
    }

    private void AssertThrows(string file, string content, string problem)
    {
        _folder.Write(file, content);
        Assert.Contains(
            problem, Assert.Throws<CheckpointException>(() => CheckpointLayout.Read(_folder.Path)).Message,
            StringComparison.Ordinal);
    }
}
