using LuceneLsr.Onnx.Tests.Support;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using static Onnx.TensorProto.Types;

namespace LuceneLsr.Onnx.Tests;

public sealed class OnnxSparseEncoderTests : IDisposable
{
    private const string Template =
        """
        {"type": "TemplateProcessing", "special_tokens": {"x": {"ids": [299]}, "y": {"ids": [298]} },
         "single": [{"SpecialToken": {"id": "x"} }, {"Sequence": {"id": "A"} }, {"SpecialToken": {"id": "y"} }]}
        """;

    private static readonly LsrSettings Settings = new()
    {
        Variant = PerSide.Both(AttentionVariant.Bidirectional),
        WholeWordWeight = PerSide.Both(0f),
    };

    private readonly TemporaryFolder _folder = new();

    public OnnxSparseEncoderTests()
    {
        _folder.Write(TextTokenizer.FileName, JsonMutations.With(TinyTokenizer.Json(), "post_processor", Template));
        Settings.Save(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// A masked language model without context: "cat" has logits 2 for dog and 1 for film, "dog" 3 for film and -1 for
    /// dog. All others, padding among them, have 9 for movie.
    /// </summary>
    [Theory]
    [InlineData(TermPooling.Max, 2, 3)]
    [InlineData(TermPooling.Sum, 2, 4)]
    public void Encode_pools_logits_of_text_and_saturates_them(TermPooling pooling, float dog, float film)
    {
        (Settings with { Pooling = PerSide.Both(pooling), AddBos = true, AddEos = true }).Save(_folder.Path);
        CreateMaskedLanguageModel().Write(_folder);
        var vectors = Encode(TextSide.Query, " cat dog", " film film film film", "", " dog");
        AssertVector(vectors[0], ("film", MathF.Log(1 + film)), ("dog", MathF.Log(1 + dog)));
        AssertVector(vectors[1], ("movie", MathF.Log(1 + (pooling == TermPooling.Max ? 9 : 36))));
        AssertVector(vectors[2]);
        AssertVector(vectors[3], ("film", MathF.Log(4)));
    }

    [Fact]
    public void Encode_with_saturated_sum_and_log_log_sums_saturated_logits()
    {
        (Settings with
        {
            Pooling = PerSide.Both(TermPooling.SaturatedSum),
            Saturation = new(Saturation.Log, Saturation.LogLog),
        }).Save(_folder.Path);
        CreateMaskedLanguageModel().Write(_folder);
        AssertVector(Encode(TextSide.Query, " cat dog")[0],
            ("film", MathF.Log(2) + MathF.Log(4)), ("dog", MathF.Log(3)));
        AssertVector(Encode(TextSide.Document, " cat dog")[0],
            ("film", MathF.Log(1 + MathF.Log(2)) + MathF.Log(1 + MathF.Log(4))), ("dog", MathF.Log(1 + MathF.Log(3))));
    }

    /// <summary>Factor 0.5 and, for documents of 2 tokens, length 1 - 0.75 + 0.75 x 2 / 4 = 0.625.</summary>
    [Fact]
    public void Encode_applies_logit_scale_and_length_normalization_of_documents()
    {
        (Settings with { LogitScale = 0.5f, DocumentLengthNormalization = new(0.75f, 4) }).Save(_folder.Path);
        CreateMaskedLanguageModel().Write(_folder);
        AssertVector(
            Encode(TextSide.Query, " cat dog")[0], ("film", MathF.Log(1 + 1.5f)), ("dog", MathF.Log(1 + 1f)));
        AssertVector(
            Encode(TextSide.Document, " cat dog")[0],
            ("film", MathF.Log(1 + (1.5f / 0.625f))), ("dog", MathF.Log(1 + (1 / 0.625f))));
    }

    /// <summary>
    /// A directory like sparse-encoder-testing/splade-bert-tiny-nq-onnx: modules.json, and the model in onnx. [CLS] and
    /// [SEP], here 299 and 298, are pooled and have logit 9 for movie.
    /// </summary>
    [Fact]
    public void Encode_with_public_model_pools_as_its_modules()
    {
        File.Delete(_folder.File(LsrSettings.FileName));
        CreateMaskedLanguageModel().Write(_folder, "onnx/model.onnx");
        _folder.Write("config.json", """{"architectures": ["BertForMaskedLM"], "max_position_embeddings": 64}""");
        AssertVector(Encode(TextSide.Query, " dog")[0], ("\u0120movie", MathF.Log(10)), ("\u0120film", MathF.Log(4)));
        _folder.Write("modules.json",
            """[{"path": "", "type": "x.MLMTransformer"}, {"path": "1_SpladePooling", "type": "x.SpladePooling"}]""");
        _folder.Write("1_SpladePooling/config.json",
            """{"pooling_strategy": "sum", "activation_function": "log1p_relu"}""");
        AssertVector(Encode(TextSide.Query, " dog")[0],
            ("\u0120movie", 2 * MathF.Log(1 + MathF.Log(10))), ("\u0120film", MathF.Log(1 + MathF.Log(4))));
    }

    [Fact]
    public void Encode_pooled_tokens_all_pools_special_tokens()
    {
        (Settings with { AddBos = true, PooledTokens = PooledTokens.All }).Save(_folder.Path);
        CreateMaskedLanguageModel().Write(_folder);
        AssertVector(Encode(TextSide.Query, " dog")[0], ("movie", MathF.Log(10)), ("film", MathF.Log(4)));
    }

    /// <summary>The mean is of states, which a model that returns logits does not give.</summary>
    [Fact]
    public void Load_of_model_with_logits_and_mean_pooling_is_rejected()
    {
        (Settings with { Pooling = new(TermPooling.Max, TermPooling.Mean) }).Save(_folder.Path);
        CreateMaskedLanguageModel().Write(_folder);
        Assert.Contains(
            "'pooling' in lsr.json is mean",
            Assert.Throws<CheckpointException>(() => OnnxSparseEncoder.Load(_folder.Path)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>A batch of these texts would have 3,000 x 300 logits each, which are computed in parts.</summary>
    [Fact]
    public void Encode_many_long_texts_in_parts_keeps_their_order()
    {
        (Settings with { MaxTokens = PerSide.Both(3000) }).Save(_folder.Path);
        CreateMaskedLanguageModel().Write(_folder);
        var film = string.Concat(Enumerable.Repeat(" film", 3000));
        var vectors = Encode(
            TextSide.Query, [.. Enumerable.Range(0, 40).Select(index => index % 2 == 0 ? film : " dog")]);
        Assert.All(vectors.Index(), vector =>
            Assert.Equal(vector.Index % 2 == 0 ? "movie" : "film", Assert.Single(vector.Item.Entries).Term));
    }

    /// <summary>The model returns the positions that it was given, so that they become weights.</summary>
    [Fact]
    public void Encode_gives_pooled_positions_and_side_to_model_that_needs_them()
    {
        (Settings with { AddBos = true, Prefix = new("", " dog") }).Save(_folder.Path);
        new TermVocabulary(["first", "second", "third"]).Save(_folder.Path);
        new TinyGraph().Input("input_ids").Input("attention_mask")
            .Input("pooled_positions", DataType.Int64, "batch", "pooled").Input("is_document", DataType.Bool, [""])
            .Node("Cast", ["pooled_positions"], "positions", ("to", (long)DataType.Float))
            .Node("Cast", ["is_document"], "factor", ("to", (long)DataType.Float))
            .Node("Mul", ["positions", "factor"], "products")
            .Node("Relu", ["products"], "term_weights")
            .Output("term_weights", DataType.Float, "batch", "terms").Write(_folder);
        var documents = Encode(TextSide.Document, " cat cat cat", " cat");
        AssertVector(documents[0], ("third", 4), ("second", 3), ("first", 2));
        AssertVector(documents[1], ("first", 2)); // the others are -1
        AssertVector(Encode(TextSide.Query, " cat cat cat")[0]);
    }

    [Fact]
    public void Encode_model_with_weights_of_all_tokens_gets_no_positions()
    {
        new TermVocabulary(["first", "second"]).Save(_folder.Path);
        new TinyGraph().Input("input_ids").Input("attention_mask")
            .Node("Cast", ["attention_mask"], "term_weights", ("to", (long)DataType.Float))
            .Output("term_weights", DataType.Float, "batch", "terms").Write(_folder);
        AssertVector(Encode(TextSide.Query, " cat dog")[0], ("first", 1), ("second", 1));
    }

    [Fact]
    public void Encode_on_many_threads_matches_one_thread()
    {
        CreateMaskedLanguageModel().Write(_folder);
        using var encoder = OnnxSparseEncoder.Load(_folder.Path, new() { Threads = 1 });
        var expected = Describe(Encode(TextSide.Query, " cat dog")[0]);
        Parallel.For(0, 200, _ => Assert.Equal(
            expected, Describe(encoder.Encode([" cat dog"], TextSide.Query, CancellationToken.None)[0])));
    }

    [Fact]
    public void HasModel_returns_whether_directory_has_onnx_file()
    {
        Assert.False(OnnxSparseEncoder.HasModel(_folder.Path));
        CreateMaskedLanguageModel().Write(_folder, "onnx/model.onnx");
        Assert.True(OnnxSparseEncoder.HasModel(_folder.Path));
    }

    [Fact]
    public void Load_model_with_other_outputs_throws()
    {
        CreateMaskedLanguageModel("last_hidden_state").Write(_folder);
        AssertThrows(
            "model.onnx",
            "the model has neither an output 'term_weights' (an export of this library) nor 'logits' (a masked "
            + "language model). Its outputs are last_hidden_state.");
    }

    [Fact]
    public void Load_more_terms_than_weights_throws()
    {
        new TermVocabulary(Enumerable.Range(0, 301).Select(row => $"term{row}")).Save(_folder.Path);
        CreateMaskedLanguageModel().Write(_folder);
        AssertThrows("terms.txt", "there are 301 rows of terms (one per token without this file), but the model "
            + "returns 300 weights per text.");
    }

    [Theory]
    [InlineData("""{"vocab_size": 299}""", "tokenizer.json", "the tokenizer has ids up to 299")]
    [InlineData("""{"max_position_embeddings": 63}""", "lsr.json", "max_tokens for a query needs 64 positions")]
    [InlineData("""{"model_type": "roberta", "max_position_embeddings": 65}""", "lsr.json",
        "max_tokens for a query needs 64 positions, but the model's context length is 63")]
    [InlineData("""{"max_position_embeddings": "x"}""", "config.json",
        "field 'max_position_embeddings' is \"x\": it must be a number of at least 1.")]
    [InlineData("{", "config.json", "not valid JSON")]
    public void Load_checks_files_against_config(string config, string file, string problem)
    {
        CreateMaskedLanguageModel().Write(_folder);
        _folder.Write("config.json", """{"vocab_size": 300, "max_position_embeddings": 256, "bos_token_id": null}""");
        OnnxSparseEncoder.Load(_folder.Path).Dispose();
        _folder.Write("config.json", config);
        AssertThrows(file, problem);
    }

    [Fact]
    public void Identity_changes_with_files_and_settings_but_not_with_stride_or_directory()
    {
        CreateMaskedLanguageModel().Write(_folder);
        var first = ReadIdentity(_folder.Path);
        Assert.Equal((Path.GetFileName(_folder.Path), "Text, None"), (first.Name, first.TermRule));
        Assert.Equal(first, ReadIdentity(_folder.Path, documentStride: 2));
        Assert.Equal(first, ReadIdentity(_folder.Path + Path.DirectorySeparatorChar));
        (Settings with { MaxTerms = PerSide.Both(7) }).Save(_folder.Path);
        var pruned = ReadIdentity(_folder.Path);
        Assert.NotEqual(first, pruned);
        _folder.Write("config.json", """{"vocab_size": 300}""");
        Assert.NotEqual(pruned, ReadIdentity(_folder.Path));
    }

    [Fact]
    public void Options_with_negative_threads_throw() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxOptions { Threads = -1 });

    private static EncoderIdentity ReadIdentity(string directory, int? documentStride = null)
    {
        using var encoder = OnnxSparseEncoder.Load(directory, documentStride: documentStride);
        return encoder.Identity!;
    }

    private static TinyGraph CreateMaskedLanguageModel(string output = "logits")
    {
        int cat = TinyTokenizer.Id("cat"), dog = TinyTokenizer.Id("dog");
        int film = TinyTokenizer.Id("film"), movie = TinyTokenizer.Id("movie");
        var table = new float[TinyTokenizer.Size * TinyTokenizer.Size];
        for (var token = 0; token < TinyTokenizer.Size; token++)
        {
            Set(token, movie, 9);
        }

        Set(cat, movie, 0);
        Set(cat, dog, 2);
        Set(cat, film, 1);
        Set(dog, movie, 0);
        Set(dog, film, 3);
        Set(dog, dog, -1);
        return new TinyGraph().Input("input_ids").Input("attention_mask")
            .Weights("table", table, TinyTokenizer.Size, TinyTokenizer.Size)
            .Node("Gather", ["table", "input_ids"], output)
            .Output(output, DataType.Float, "batch", "length", $"{TinyTokenizer.Size}");

        void Set(int token, int term, float logit) => table[(token * TinyTokenizer.Size) + term] = logit;
    }

    private static string Describe(SparseVector vector) => string.Join(" ", vector.Entries);

    private static void AssertVector(SparseVector vector, params (string Term, float Weight)[] expected)
    {
        Assert.Equal(expected.Select(entry => entry.Term), vector.Entries.Select(entry => entry.Term));
        Assert.All(
            expected.Zip(vector.Entries), pair => Assert.Equal(pair.First.Weight, pair.Second.Weight, 1e-5f));
    }

    private IReadOnlyList<SparseVector> Encode(TextSide side, params string[] texts)
    {
        using var encoder = OnnxSparseEncoder.Load(_folder.Path);
        return encoder.Encode(texts, side, CancellationToken.None);
    }

    private void AssertThrows(string file, string problem)
    {
        var exception = Assert.Throws<CheckpointException>(() => OnnxSparseEncoder.Load(_folder.Path));
        Assert.StartsWith($"{_folder.File(file)}: {problem}", exception.Message);
    }
}
