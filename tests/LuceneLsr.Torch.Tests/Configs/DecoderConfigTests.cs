using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Support;

namespace LuceneLsr.Torch.Tests.Configs;

public sealed class DecoderConfigTests : IDisposable
{
    private const string Valid =
        """
        {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_act": "silu", "vocab_size": 300,
         "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4,
         "num_key_value_heads": 2, "head_dim": 6,
         "rms_norm_eps": 1e-5, "rope_theta": 500000.0, "rope_scaling": null, "max_position_embeddings": 512,
         "tie_word_embeddings": false, "bos_token_id": 1, "eos_token_id": [2, 3], "attention_bias": false,
         "mlp_bias": false,
         "output_size": 40, "output_bias": true, "torch_dtype": "bfloat16"}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_reads_hugging_face_fields() => Assert.Equal(
        new DecoderConfig
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
        Load(Valid));

    [Fact]
    public void Load_missing_fields_have_hugging_face_defaults()
    {
        var config = Load("""
            {"model_type": "llama", "vocab_size": 300, "hidden_size": 16, "intermediate_size": 24, 
             "num_hidden_layers": 2, "num_attention_heads": 4, "bos_token_id": null}
            """);
        Assert.Equal((4, 4, 300), (config.NumKeyValueHeads, config.HeadDim, config.OutputSize));
        Assert.Equal((1e-6, 10_000, 2048), (config.RmsNormEps, config.RopeTheta, config.MaxPositionEmbeddings));
        Assert.False(config.TieWordEmbeddings);
        Assert.False(config.OutputBias);
        Assert.Null(config.BosTokenId);
    }

    /// <summary>The family, fields beyond those of Llama 2, and a description of the expected configuration.</summary>
    public static TheoryData<string, string, string> Families { get; } = new()
    {
        { "llama", "\"attention_bias\": true, \"mlp_bias\": true", "qkv out ffn" },
        { "llama", "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 4}", "rope 4" },
        {
            "llama", """
            "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
             "original_max_position_embeddings": 8192, "rope_type": "llama3"}
            """, "rope 32 1-4 of 8192"
        },
        { "llama", "\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 7.0}", "theta 7" },
        {
            "llama", "\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 7.0}, "
                + "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 4}", "theta 7 rope 4"
        },
        { "mistral", "\"sliding_window\": 4096", "window 4096 from 0" },
        { "mistral", "\"sliding_window\": null", "" },
        { "mistral", "\"attention_dropout\": 0.0", "window 4096 from 0" },
        { "qwen2", "\"use_sliding_window\": false, \"sliding_window\": 32768, \"max_window_layers\": 28", "qkv" },
        {
            "qwen2", "\"use_sliding_window\": true, \"sliding_window\": 9, \"max_window_layers\": 1, "
                + "\"layer_types\": [\"full_attention\", \"sliding_attention\"]", "qkv window 9 from 1"
        },
        { "qwen3", "\"attention_bias\": false, \"sliding_window\": null", "norms" },
        { "qwen3", "\"attention_bias\": true", "qkv out norms" },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void Save_and_load_preserves_fields_of_family(string family, string fields, string expected)
    {
        var config = Load($$"""
            {"model_type": "{{family}}", "vocab_size": 300, "hidden_size": 16, "intermediate_size": 24,
             "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 4, {{fields}}}
            """);
        Assert.Equal(expected, Describe(config));
        config.Save(_folder.Path);
        Assert.Equal(config, ModelConfig.Load(_folder.Path));
    }

    private static string Describe(DecoderConfig config) => string.Join(' ', ((string?[])
    [
        config.QueryKeyValueBias ? "qkv" : null,
        config.AttentionOutputBias ? "out" : null,
        config.FeedForwardBias ? "ffn" : null,
        config.QueryKeyNorm ? "norms" : null,
        config.RopeTheta != 10_000 ? FormattableString.Invariant($"theta {config.RopeTheta}") : null,
        config.RopeScaling is { } scaling ? FormattableString.Invariant($"rope {scaling.Factor}") : null,
        config.RopeScaling?.Bands is { } bands
            ? FormattableString.Invariant(
                $"{bands.LowFreqFactor}-{bands.HighFreqFactor} of {bands.OriginalMaxPositionEmbeddings}")
            : null,
        config.SlidingWindow is { } window ? $"window {window} from {config.FirstSlidingWindowLayer}" : null,
    ]).OfType<string>());

    [Theory]
    [InlineData("qwen2", "\"attention_bias\": false", "'attention_bias'")]
    [InlineData("mistral", "\"mlp_bias\": true", "'mlp_bias'")]
    [InlineData("qwen2", "\"use_sliding_window\": true, \"sliding_window\": 0", "'sliding_window'")]
    [InlineData("llama", "\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8.0}",
        "'rope_scaling.low_freq_factor'")]
    [InlineData("llama", "\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 8.0}", "'rope_scaling.rope_type'")]
    [InlineData("llama", "\"rope_parameters\": {\"rope_type\": \"linear\"}", "'rope_parameters.factor'")]
    [InlineData("llama", "\"rope_parameters\": {\"full_attention\": {\"rope_theta\": 7.0}}", "'rope_parameters'")]
    public void Load_field_not_supported_by_family_throws_with_name(string family, string fields, string reason) =>
        AssertThrows(reason, $$"""
            {"model_type": "{{family}}", "vocab_size": 300, "hidden_size": 16, "intermediate_size": 24,
             "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 4, {{fields}}}
            """);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Save_and_load_preserves_config(bool tied)
    {
        var config = tied
            ? TinyModel.Config with { BosTokenId = null }
            : TinyModel.Untied(TinyModel.Config, outputSize: 7);
        config.Save(_folder.Path);
        Assert.Equal(config, ModelConfig.Load(_folder.Path));
    }

    [Theory]
    [InlineData("model_type", null)]
    [InlineData("model_type", "\"gpt2\"")]
    [InlineData("model_type", "[\"llama\"]")]
    [InlineData("hidden_act", "\"gelu\"")]
    [InlineData("rope_scaling", "2.0")]
    [InlineData("sliding_window", "4096")]
    [InlineData("layer_types", "[\"full_attention\", \"sliding_attention\"]")]
    [InlineData("attention_bias", "1")]
    [InlineData("mlp_bias", "\"true\"")]
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
    public void Load_invalid_field_throws_with_name(string field, string? value) =>
        AssertThrows($"'{field}'", JsonMutations.With(Valid, field, value));

    [Fact]
    public void Load_tied_head_with_output_size_other_than_vocab_size_throws() =>
        AssertThrows("'output_size'", JsonMutations.With(Valid, "tie_word_embeddings", "true"));

    [Theory]
    [InlineData("18")]
    [InlineData("2")]
    public void Load_without_head_dim_requires_heads_to_divide_hidden_size(string hidden) =>
        AssertThrows("'num_attention_heads'",
            JsonMutations.With(JsonMutations.With(Valid, "head_dim", null), "hidden_size", hidden));

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Load_file_without_json_object_throws(string json) => AssertThrows("JSON", json);

    [Fact]
    public void Load_missing_file_throws_with_name() => Assert.Contains("config.json: file not found",
        Assert.Throws<CheckpointException>(() => ModelConfig.Load(_folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_mutated_config_succeeds_or_throws_with_file_name() =>
        Assert.All(JsonMutations.Create(Valid), json =>
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

    private void AssertThrows(string reason, string json)
    {
        var message = Assert.Throws<CheckpointException>(() => Load(json)).Message;
        Assert.StartsWith(_folder.File("config.json"), message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private DecoderConfig Load(string json)
    {
        _folder.Write(ModelConfig.FileName, json);
        return Assert.IsType<DecoderConfig>(ModelConfig.Load(_folder.Path));
    }
}
