using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// Reads the fields of a <c>config.json</c>; what the model does not implement is refused by the field's name.
/// </summary>
internal sealed class ConfigReader(JsonElement root, string prefix = "")
{
    public DecoderConfig Read()
    {
        var type = Field("model_type")?.GetRawText();
        var family = ModelFamily.All.FirstOrDefault(family => $"\"{family.ModelType}\"" == type);
        Check(family is not null, "model_type",
            $"only {string.Join(", ", ModelFamily.All.Select(known => $"'{known.ModelType}'"))} are supported");
        Expect("hidden_act", value => value is null or "\"silu\"", "only 'silu' is supported");
        int hidden = Integer("hidden_size"), heads = Integer("num_attention_heads"), vocabulary = Integer("vocab_size");
        Check(family.HeadDim is not null || Field("head_dim") is not null || hidden % heads == 0,
            "num_attention_heads", "without head_dim it must divide hidden_size");
        var config = new DecoderConfig
        {
            ModelType = family.ModelType,
            VocabSize = vocabulary,
            HiddenSize = hidden,
            IntermediateSize = Integer("intermediate_size"),
            NumHiddenLayers = Integer("num_hidden_layers"),
            NumAttentionHeads = heads,
            NumKeyValueHeads = Integer("num_key_value_heads", family.KeyValueHeads ?? heads),
            HeadDim = Integer("head_dim", family.HeadDim ?? hidden / heads),
            RmsNormEps = Number("rms_norm_eps", 1e-6),
            RopeTheta = Number("rope_theta", 10_000),
            MaxPositionEmbeddings = Integer("max_position_embeddings", family.MaxPositions),
            TieWordEmbeddings = Boolean("tie_word_embeddings"),
            BosTokenId = Field("bos_token_id") is null ? null : Integer("bos_token_id", least: 0),
            QueryKeyNorm = family.HasQueryKeyNorms,
            FeedForwardBias = ReadFeedForwardBias(family),
            OutputSize = Integer("output_size", vocabulary),
            OutputBias = Boolean("output_bias"),
        };
        config = ReadWindow(ReadRope(ReadAttentionBias(config, family)), family.Windows);
        Check(heads % config.NumKeyValueHeads == 0, "num_key_value_heads", "it must divide num_attention_heads");
        Check(config.HeadDim % 2 == 0, "head_dim", "rotary positions need an even number");
        Check(!config.TieWordEmbeddings || config.OutputSize == vocabulary, "output_size",
            "a tied head has vocab_size rows");
        return config;
    }

    private DecoderConfig ReadAttentionBias(DecoderConfig config, ModelFamily family)
    {
        var isBiased = Boolean("attention_bias");
        if (family.Biases == ModelFamily.BiasRule.AsTheConfigurationSays)
        {
            return config with { QueryKeyValueBias = isBiased, AttentionOutputBias = isBiased };
        }

        var hasBiases = family.Biases == ModelFamily.BiasRule.QueriesKeysValues;
        Check(Field("attention_bias") is null || isBiased == hasBiases, "attention_bias",
            $"models of type '{family.ModelType}' have {(hasBiases ? "biases" : "none")}");
        return config with { QueryKeyValueBias = hasBiases };
    }

    private bool ReadFeedForwardBias(ModelFamily family)
    {
        var isBiased = Boolean("mlp_bias");
        Check(!isBiased || family.HasFeedForwardBiases, "mlp_bias", $"models of type '{family.ModelType}' have none");
        return isBiased;
    }

    // The base and its scaling stand in fields of the file, or, in newer ones, together in "rope_parameters".
    private DecoderConfig ReadRope(DecoderConfig config)
    {
        const string Newer = "rope_parameters", Older = "rope_scaling";
        var name = Field(Newer) is null ? Older : Newer;
        if (Field(name) is not { } rope)
        {
            return config;
        }

        Check(rope.ValueKind == JsonValueKind.Object, name, "it must be an object");
        var reader = new ConfigReader(rope, $"{prefix}{name}.");
        var type = reader.Field("rope_type") is null ? "type" : "rope_type";
        reader.Expect(type, value => value is null or "\"default\"" or "\"linear\"" or "\"llama3\"",
            "only 'default', 'linear' and 'llama3' are supported");
        config = config with { RopeTheta = reader.Number("rope_theta", config.RopeTheta) };
        return reader.Field(type)?.GetString() switch
        {
            "linear" => config with { RopeScaling = new(reader.Number("factor")) },
            "llama3" => config with { RopeScaling = new(reader.Number("factor"), reader.ReadBands()) },
            _ => config,
        };
    }

    private FrequencyBands ReadBands()
    {
        var bands = new FrequencyBands(
            Number("low_freq_factor"), Number("high_freq_factor"), Integer("original_max_position_embeddings"));
        Check(bands.LowFreqFactor < bands.HighFreqFactor, "high_freq_factor", "it must be more than low_freq_factor");
        return bands;
    }

    private DecoderConfig ReadWindow(DecoderConfig config, ModelFamily.WindowRule rule)
    {
        const int Usual = 4096;
        var layers = config.NumHiddenLayers;
        Check(rule != ModelFamily.WindowRule.None || Field("sliding_window") is null, "sliding_window",
            $"models of type '{config.ModelType}' see all positions");
        if (rule == ModelFamily.WindowRule.UpperLayers && Boolean("use_sliding_window"))
        {
            config = config with
            {
                SlidingWindow = Integer("sliding_window", Usual),
                FirstWindowedLayer = Integer("max_window_layers", 28, least: 0),
            };
        }
        else if (rule == ModelFamily.WindowRule.EveryLayer && !IsNull("sliding_window"))
        {
            config = config with { SlidingWindow = Integer("sliding_window", Usual) };
        }

        Expect("layer_types", value => value is null || IsSaid(config, layers),
            "it must say what the other fields say: "
            + $"{(config.SlidingWindow is null ? "no layer" : $"layers from {config.FirstWindowedLayer} on")} "
            + "with 'sliding_attention', any other with 'full_attention'");
        return config;
    }

    private bool IsSaid(DecoderConfig config, int layers) =>
        Field("layer_types") is { ValueKind: JsonValueKind.Array } types
        && types.EnumerateArray().Select(type => type.GetRawText()).SequenceEqual(
            Enumerable.Range(0, layers).Select(layer =>
                config.IsWindowed(layer) ? "\"sliding_attention\"" : "\"full_attention\""));

    private int Integer(string name, int? fallback = null, int least = 1)
    {
        if (Field(name) is not { } field)
        {
            return fallback ?? throw new InvalidDataException($"field '{prefix}{name}' is missing.");
        }

        Check(field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var value) && value >= least, name,
            $"it must be a whole number of at least {least}");
        return field.GetInt32();
    }

    private double Number(string name, double? fallback = null)
    {
        if (Field(name) is not { } field)
        {
            return fallback ?? throw new InvalidDataException($"field '{prefix}{name}' is missing.");
        }

        Check(field.ValueKind == JsonValueKind.Number && field.GetDouble() is > 0 and < double.PositiveInfinity, name,
            "it must be a finite number above zero");
        return field.GetDouble();
    }

    private bool Boolean(string name)
    {
        Expect(name, value => value is null or "true" or "false", "it must be true or false");
        return Field(name)?.GetBoolean() ?? false;
    }

    private JsonElement? Field(string name) => root.GetOptional(name);

    private bool IsNull(string name) =>
        root.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Null;

    private void Expect(string name, Func<string?, bool> allowed, string rule) => // of the field's raw JSON
        Check(allowed(Field(name)?.GetRawText()), name, rule);

    private void Check([DoesNotReturnIf(false)] bool holds, string name, string rule) =>
        Require.Field(holds, $"{prefix}{name}", Field(name)?.GetRawText(), rule);
}
