using LuceneLsr.Encoding;
using LuceneLsr.TestSupport;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Support;

namespace LuceneLsr.Torch.Tests.Checkpoints;

public sealed class LlamaConfigTests : IDisposable
{
    private const string Sound =
        """
        {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_act": "silu", "vocab_size": 300,
         "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
         "head_dim": 6,
         "rms_norm_eps": 1e-5, "rope_theta": 500000.0, "rope_scaling": null, "max_position_embeddings": 512,
         "tie_word_embeddings": false, "bos_token_id": 1, "eos_token_id": [2, 3], "attention_bias": false,
         "mlp_bias": false,
         "output_size": 40, "output_bias": true, "torch_dtype": "bfloat16"}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_the_fields_of_a_Hugging_Face_configuration() => Assert.Equal(
        new LlamaConfig
        {
            VocabSize = 300,
            HiddenSize = 16,
            IntermediateSize = 24,
            NumHiddenLayers = 2,
            NumAttentionHeads = 4,
            NumKeyValueHeads = 2,
            HeadDim = 6,
            RmsNormEps = 1e-5,
            RopeTheta = 500_000,
            MaxPositionEmbeddings = 512,
            TieWordEmbeddings = false,
            BosTokenId = 1,
            OutputSize = 40,
            OutputBias = true,
        },
        Load(Sound));

    [Fact]
    public void Absent_fields_have_the_defaults_of_Hugging_Face()
    {
        var config = Load("""
            {"model_type": "llama", "vocab_size": 300, "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2,
             "num_attention_heads": 4, "bos_token_id": null}
            """);
        Assert.Equal((4, 4, 300), (config.NumKeyValueHeads, config.HeadDim, config.OutputSize));
        Assert.Equal((1e-6, 10_000, 2048), (config.RmsNormEps, config.RopeTheta, config.MaxPositionEmbeddings));
        Assert.False(config.TieWordEmbeddings);
        Assert.False(config.OutputBias);
        Assert.Null(config.BosTokenId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_saved_is_loaded(bool tied)
    {
        var config = tied
            ? TinyModel.Config with { BosTokenId = null }
            : TinyModel.Untied(TinyModel.Config, outputSize: 7);
        config.Save(_folder.Path);
        Assert.Equal(config, LlamaConfig.Load(_folder.Path));
    }

    [Theory]
    [InlineData("model_type", null)]
    [InlineData("model_type", "\"mistral\"")]
    [InlineData("model_type", "[\"llama\"]")]
    [InlineData("hidden_act", "\"gelu\"")]
    [InlineData("rope_scaling", "{\"rope_type\": \"llama3\", \"factor\": 8.0}")]
    [InlineData("rope_parameters", "{\"rope_type\": \"default\", \"rope_theta\": 500000.0}")]
    [InlineData("attention_bias", "true")]
    [InlineData("mlp_bias", "true")]
    [InlineData("vocab_size", null)]
    [InlineData("vocab_size", "0")]
    [InlineData("hidden_size", "null")]
    [InlineData("hidden_size", "\"16\"")]
    [InlineData("intermediate_size", "24.5")]
    [InlineData("num_hidden_layers", "-2")]
    [InlineData("num_hidden_layers", "[2]")]
    [InlineData("num_attention_heads", "99999999999")]
    [InlineData("num_key_value_heads", "3")]
    [InlineData("head_dim", "5")]
    [InlineData("rms_norm_eps", "0")]
    [InlineData("rms_norm_eps", "\"1e-5\"")]
    [InlineData("rope_theta", "-1")]
    [InlineData("rope_theta", "1e999")]
    [InlineData("max_position_embeddings", "true")]
    [InlineData("tie_word_embeddings", "\"True\"")]
    [InlineData("tie_word_embeddings", "1")]
    [InlineData("bos_token_id", "[1]")]
    [InlineData("bos_token_id", "-1")]
    [InlineData("output_size", "{}")]
    [InlineData("output_bias", "\"no\"")]
    public void A_field_that_the_model_cannot_follow_is_refused_by_name(string field, string? value) =>
        AssertRefused($"'{field}'", JsonMutations.With(Sound, field, value));

    [Fact]
    public void A_tied_head_has_as_many_rows_as_there_are_tokens() =>
        AssertRefused("'output_size'", JsonMutations.With(Sound, "tie_word_embeddings", "true"));

    [Theory]
    [InlineData("18")]
    [InlineData("2")]
    public void Without_a_head_dimension_the_heads_divide_the_hidden_size(string hidden) =>
        AssertRefused("'num_attention_heads'",
            JsonMutations.With(JsonMutations.With(Sound, "head_dim", null), "hidden_size", hidden));

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    public void What_is_no_JSON_object_is_refused(string json) => AssertRefused("JSON", json);

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains("config.json: missing",
        Assert.Throws<CheckpointException>(() => LlamaConfig.Load(_folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void Whatever_the_fields_hold_the_file_is_read_or_refused_by_name() =>
        Assert.All(JsonMutations.Of(Sound), json =>
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

    private void AssertRefused(string reason, string json)
    {
        var message = Assert.Throws<CheckpointException>(() => Load(json)).Message;
        Assert.StartsWith(_folder.File("config.json"), message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private LlamaConfig Load(string json)
    {
        _folder.Write(LlamaConfig.FileName, json);
        return LlamaConfig.Load(_folder.Path);
    }
}
