using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Tests.Support;

namespace LuceneLsr.Torch.Tests.Configs;

public sealed class EncoderConfigTests : IDisposable
{
    private const string Bert =
        """
        {"model_type": "bert", "architectures": ["BertForMaskedLM"], "vocab_size": 300, "hidden_size": 16,
         "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4, "hidden_act": "gelu",
         "layer_norm_eps": 1e-6, "max_position_embeddings": 60, "position_embedding_type": "absolute",
         "type_vocab_size": 3, "pad_token_id": 0, "hidden_dropout_prob": 0.1, "initializer_range": 0.02}
        """;

    private const string DistilBert =
        """
        {"model_type": "distilbert", "architectures": ["DistilBertForMaskedLM"], "activation": "gelu", "dim": 16,
         "hidden_dim": 24, "n_heads": 4, "n_layers": 2, "max_position_embeddings": 60, "vocab_size": 300,
         "sinusoidal_pos_embds": false, "tie_weights_": true, "pad_token_id": 0}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_reads_fields_of_bert() => Assert.Equal(
        new EncoderConfig
        {
            ModelType = "bert",
            VocabSize = 300,
            HiddenSize = 16,
            IntermediateSize = 24,
            NumHiddenLayers = 2,
            NumAttentionHeads = 4,
            MaxPositionEmbeddings = 60,
            LayerNormEps = 1e-6,
            TypeVocabSize = 3,
            TieWordEmbeddings = true,
            OutputSize = 300,
            OutputBias = true,
            HeadTransform = true,
        },
        Load(Bert));

    [Fact]
    public void Load_reads_names_of_distilbert() => Assert.Equal(
        new EncoderConfig
        {
            ModelType = "distilbert",
            VocabSize = 300,
            HiddenSize = 16,
            IntermediateSize = 24,
            NumHiddenLayers = 2,
            NumAttentionHeads = 4,
            MaxPositionEmbeddings = 60,
            LayerNormEps = 1e-12,
            TypeVocabSize = 0,
            TieWordEmbeddings = true,
            OutputSize = 300,
            OutputBias = true,
            HeadTransform = true,
        },
        Load(DistilBert));

    [Theory]
    [InlineData("roberta", 1, 2)]
    [InlineData("xlm-roberta", 1, 2)]
    [InlineData("roberta", 5, 6)]
    [InlineData("bert", 5, 0)]
    public void Load_counts_positions_of_roberta_from_padding_token(string family, int paddingToken, int offset)
    {
        var config = Load(With(With(Bert, "model_type", $"\"{family}\""), "pad_token_id", $"{paddingToken}"));
        Assert.Equal((offset, 60 - offset), (config.PositionOffset, config.ContextLength));
    }

    [Fact]
    public void Load_missing_fields_have_hugging_face_defaults()
    {
        var config = Load("""
            {"model_type": "roberta", "vocab_size": 300, "hidden_size": 16, "intermediate_size": 24,
             "num_hidden_layers": 2, "num_attention_heads": 4}
            """);
        Assert.Equal((512, 1e-12, 2, 2),
            (config.MaxPositionEmbeddings, config.LayerNormEps, config.TypeVocabSize, config.PositionOffset));
        Assert.Equal((true, true, true, true),
            (config.TieWordEmbeddings, config.HasHead, config.HeadTransform, config.OutputBias));
        Assert.Null(config.BosTokenId);
    }

    [Theory]
    [InlineData("\"output_size\": 40, \"tie_word_embeddings\": false", 40, false, true, true)]
    [InlineData("\"output_bias\": false", 300, true, false, true)]
    [InlineData("\"head_transform\": false", 300, true, true, false)]
    public void Load_reads_fields_of_head(string fields, int outputSize, bool tied, bool hasBias, bool hasTransform)
    {
        var config = Load(Bert.Replace("\"pad_token_id\": 0", fields, StringComparison.Ordinal));
        Assert.Equal((outputSize, tied, hasBias, hasTransform),
            (config.OutputSize, config.TieWordEmbeddings, config.OutputBias, config.HeadTransform));
    }

    [Theory]
    [InlineData("bert", "[\"BertModel\"]", false)]
    [InlineData("bert", "[\"BertForSequenceClassification\"]", false)]
    [InlineData("bert", "[]", false)]
    [InlineData("bert", "[\"BertForPreTraining\"]", true)]
    [InlineData("bert", "null", true)]
    [InlineData("roberta", "[\"RobertaForMaskedLM\"]", true)]
    [InlineData("roberta", "[\"BertForMaskedLM\"]", false)]
    [InlineData("xlm-roberta", "[\"XLMRobertaForMaskedLM\"]", true)]
    [InlineData("xlm-roberta", "[\"XLMRobertaModel\"]", false)]
    public void Load_architecture_determines_whether_there_is_a_head(string family, string architectures, bool hasHead)
    {
        var config = Load(With(With(Bert, "model_type", $"\"{family}\""), "architectures", architectures));
        Assert.Equal((hasHead, hasHead, hasHead, true),
            (config.HasHead, config.HeadTransform, config.OutputBias, config.TieWordEmbeddings));
    }

    public static MatrixTheoryData<string, bool> Saved { get; } = new(TinyEncoder.Families, [true, false]);

    [Theory]
    [MemberData(nameof(Saved))]
    public void Save_and_load_preserves_config(string family, bool tied)
    {
        var config = TinyEncoder.Create(family);
        config = tied ? config : TinyEncoder.Untied(config, outputSize: 7) with
        {
            OutputBias = false,
            HeadTransform = false,
        };
        config.Save(_folder.Path);
        Assert.Equal(config, ModelConfig.Load(_folder.Path));
    }

    [Theory]
    [MemberData(nameof(Saved))]
    public void Save_and_load_preserves_config_without_head(string family, bool tied)
    {
        var config = TinyEncoder.Create(family);
        config = (tied ? config : TinyEncoder.Untied(config, outputSize: 7)).WithoutHead();
        config.Save(_folder.Path);
        Assert.Equal(config, ModelConfig.Load(_folder.Path));
    }

    [Theory]
    [InlineData("model_type", "\"electra\"")]
    [InlineData("model_type", null)]
    [InlineData("architectures", "\"BertForMaskedLM\"")]
    [InlineData("hidden_act", "\"gelu_new\"")]
    [InlineData("hidden_act", "\"relu\"")]
    [InlineData("position_embedding_type", "\"relative_key\"")]
    [InlineData("is_decoder", "true")]
    [InlineData("add_cross_attention", "true")]
    [InlineData("vocab_size", null)]
    [InlineData("vocab_size", "0")]
    [InlineData("hidden_size", null)]
    [InlineData("hidden_size", "\"16\"")]
    [InlineData("intermediate_size", "24.5")]
    [InlineData("num_hidden_layers", "-2")]
    [InlineData("num_attention_heads", "99999999999")]
    [InlineData("num_attention_heads", "3")]
    [InlineData("max_position_embeddings", "true")]
    [InlineData("layer_norm_eps", "0")]
    [InlineData("layer_norm_eps", "\"1e-12\"")]
    [InlineData("type_vocab_size", "0")]
    [InlineData("tie_word_embeddings", "1")]
    [InlineData("output_size", "{}")]
    [InlineData("output_size", "40")] // of a tied head
    [InlineData("output_bias", "\"no\"")]
    [InlineData("head_transform", "0")]
    public void Load_invalid_field_throws_with_name(string field, string? value) =>
        AssertThrows(field, With(Bert, field, value));

    [Theory]
    [InlineData("activation", "\"relu\"")]
    [InlineData("dim", null)]
    [InlineData("hidden_dim", "0")]
    [InlineData("n_heads", "3")]
    [InlineData("n_layers", "[]")]
    public void Load_invalid_field_of_distilbert_throws_with_name(string field, string? value) =>
        AssertThrows(field, With(DistilBert, field, value));

    [Theory]
    [InlineData("pad_token_id", "-1")]
    [InlineData("max_position_embeddings", "2")] // no position after the padding token's
    public void Load_invalid_field_of_roberta_throws_with_name(string field, string value) => AssertThrows(
        field, With(With(With(Bert, "model_type", "\"roberta\""), "pad_token_id", "1"), field, value));

    [Fact]
    public void Load_mutated_config_succeeds_or_throws_with_file_name() =>
        Assert.All(JsonMutations.Create(Bert).Concat(JsonMutations.Create(DistilBert)), json =>
        {
            try
            {
                Load(json);
            }
            catch (CheckpointException exception)
            {
                Assert.Contains("config.json: ", exception.Message, StringComparison.Ordinal);
            }
        });

    private void AssertThrows(string field, string json)
    {
        var message = Assert.Throws<CheckpointException>(() => Load(json)).Message;
        Assert.StartsWith(_folder.File("config.json"), message, StringComparison.Ordinal);
        Assert.Contains($"'{field}'", message, StringComparison.Ordinal);
    }

    private EncoderConfig Load(string json)
    {
        _folder.Write(ModelConfig.FileName, json);
        return Assert.IsType<EncoderConfig>(ModelConfig.Load(_folder.Path));
    }

    private static string With(string json, string field, string? value) => JsonMutations.With(json, field, value);
}
