using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using LuceneLsr.Files;

namespace LuceneLsr.Torch.Models;

/// <summary>
/// Reads a <c>config.json</c>. Every error is an <see cref="InvalidDataException"/> that names the field, including
/// values that this implementation does not support.
/// </summary>
internal sealed class ConfigReader(JsonElement root, string prefix = "")
{
    public DecoderConfig Read()
    {
        var family = ReadFamily();
        Expect("hidden_act", value => value is null or "\"silu\"", "only 'silu' is supported");
        var config = ReadRope(ReadAttentionBias(ReadShape(family), family));
        config = ReadSlidingWindow(config, family.SlidingWindow);
        CheckShape(config);
        return config;
    }

    private DecoderConfig ReadShape(ModelFamily family)
    {
        int hidden = ReadInteger("hidden_size"), heads = ReadInteger("num_attention_heads");
        var vocabulary = ReadInteger("vocab_size");
        Check(family.DefaultHeadDim is not null || Find("head_dim") is not null || hidden % heads == 0,
            "num_attention_heads", "without head_dim it must divide hidden_size");
        return new DecoderConfig
        {
            ModelType = family.ModelType,
            VocabSize = vocabulary,
            HiddenSize = hidden,
            IntermediateSize = ReadInteger("intermediate_size"),
            NumHiddenLayers = ReadInteger("num_hidden_layers"),
            NumAttentionHeads = heads,
            NumKeyValueHeads = ReadInteger("num_key_value_heads", family.DefaultKeyValueHeads ?? heads),
            HeadDim = ReadInteger("head_dim", family.DefaultHeadDim ?? hidden / heads),
            RmsNormEps = ReadNumber("rms_norm_eps", 1e-6),
            RopeTheta = ReadNumber("rope_theta", 10_000),
            MaxPositionEmbeddings = ReadInteger("max_position_embeddings", family.DefaultContextLength),
            TieWordEmbeddings = ReadBoolean("tie_word_embeddings"),
            BosTokenId = Find("bos_token_id") is null ? null : ReadInteger("bos_token_id", min: 0),
            QueryKeyNorm = family.HasQueryKeyNorms,
            FeedForwardBias = ReadFeedForwardBias(family),
            OutputSize = ReadInteger("output_size", vocabulary),
            OutputBias = ReadBoolean("output_bias"),
        };
    }

    private void CheckShape(DecoderConfig config)
    {
        Check(config.NumAttentionHeads % config.NumKeyValueHeads == 0, "num_key_value_heads",
            "it must divide num_attention_heads");
        Check(config.HeadDim % 2 == 0, "head_dim", "rotary position embedding requires an even number");
        Check(!config.TieWordEmbeddings || config.OutputSize == config.VocabSize, "output_size",
            "a tied head has vocab_size rows");
    }

    private ModelFamily ReadFamily()
    {
        var type = Find("model_type")?.GetRawText();
        var family = ModelFamily.All.FirstOrDefault(family => $"\"{family.ModelType}\"" == type);
        Check(family is not null, "model_type",
            $"only {string.Join(", ", ModelFamily.All.Select(known => $"'{known.ModelType}'"))} are supported");
        return family;
    }

    private DecoderConfig ReadAttentionBias(DecoderConfig config, ModelFamily family)
    {
        var isBiased = ReadBoolean("attention_bias");
        switch (family.Biases)
        {
            case ModelFamily.BiasRule.Configurable:
                return config with { QueryKeyValueBias = isBiased, AttentionOutputBias = isBiased };
            case ModelFamily.BiasRule.None:
                Check(!isBiased, "attention_bias", $"models of type '{family.ModelType}' have no biases");
                return config;
            case ModelFamily.BiasRule.QueryKeyValue:
                Check(Find("attention_bias") is null || isBiased, "attention_bias",
                    $"models of type '{family.ModelType}' have biases");
                return config with { QueryKeyValueBias = true };
            default:
                throw new UnreachableException();
        }
    }

    private bool ReadFeedForwardBias(ModelFamily family)
    {
        var isBiased = ReadBoolean("mlp_bias");
        Check(!isBiased || family.HasFeedForwardBiases, "mlp_bias",
            $"models of type '{family.ModelType}' have no biases");
        return isBiased;
    }

    // Old files have the fields "rope_theta" and "rope_scaling", new ones put both into "rope_parameters".
    private DecoderConfig ReadRope(DecoderConfig config)
    {
        const string Parameters = "rope_parameters", Scaling = "rope_scaling";
        var name = Find(Parameters) is null ? Scaling : Parameters;
        if (Find(name) is not { } rope)
        {
            return config;
        }

        Check(rope.ValueKind == JsonValueKind.Object, name, "it must be an object");
        var reader = new ConfigReader(rope, $"{prefix}{name}.");
        var type = reader.Find("rope_type") is null ? "type" : "rope_type";
        reader.Expect(type, value => value is null or "\"default\"" or "\"linear\"" or "\"llama3\"",
            "only 'default', 'linear' and 'llama3' are supported");
        config = config with { RopeTheta = reader.ReadNumber("rope_theta", config.RopeTheta) };
        return reader.Find(type)?.GetString() switch
        {
            null or "default" => config,
            "linear" => config with { RopeScaling = new(reader.ReadNumber("factor")) },
            "llama3" => config with { RopeScaling = new(reader.ReadNumber("factor"), reader.ReadBands()) },
            _ => throw new UnreachableException(),
        };
    }

    private FrequencyBands ReadBands()
    {
        var bands = new FrequencyBands(
            ReadNumber("low_freq_factor"), ReadNumber("high_freq_factor"),
            ReadInteger("original_max_position_embeddings"));
        Check(bands.LowFreqFactor < bands.HighFreqFactor, "high_freq_factor",
            "it must be greater than low_freq_factor");
        return bands;
    }

    private DecoderConfig ReadSlidingWindow(DecoderConfig config, ModelFamily.SlidingWindowRule rule)
    {
        const int DefaultWindow = 4096, DefaultFirstLayer = 28;
        Check(rule != ModelFamily.SlidingWindowRule.None || Find("sliding_window") is null, "sliding_window",
            $"models of type '{config.ModelType}' have no sliding window");
        config = rule switch
        {
            ModelFamily.SlidingWindowRule.None => config,
            ModelFamily.SlidingWindowRule.AllLayers => IsNull("sliding_window")
                ? config
                : config with { SlidingWindow = ReadInteger("sliding_window", DefaultWindow) },
            ModelFamily.SlidingWindowRule.UpperLayers => !ReadBoolean("use_sliding_window")
                ? config
                : config with
                {
                    SlidingWindow = ReadInteger("sliding_window", DefaultWindow),
                    FirstSlidingWindowLayer = ReadInteger("max_window_layers", DefaultFirstLayer, min: 0),
                },
            _ => throw new UnreachableException(),
        };
        CheckLayerTypes(config);
        return config;
    }

    private void CheckLayerTypes(DecoderConfig config)
    {
        var sliding = config.SlidingWindow is null ? "no layer" : $"layers from {config.FirstSlidingWindowLayer} on";
        Check(Find("layer_types") is not { } types || MatchesLayerTypes(types, config), "layer_types",
            $"it contradicts the other fields: {sliding} must have 'sliding_attention', all others 'full_attention'");
    }

    private static bool MatchesLayerTypes(JsonElement types, DecoderConfig config) =>
        types.ValueKind == JsonValueKind.Array
        && types.EnumerateArray().Select(type => type.GetRawText()).SequenceEqual(
            Enumerable.Range(0, config.NumHiddenLayers).Select(layer =>
                config.UsesSlidingWindow(layer) ? "\"sliding_attention\"" : "\"full_attention\""));

    private int ReadInteger(string name, int? defaultValue = null, int min = 1)
    {
        if (Find(name) is not { } field)
        {
            return defaultValue ?? throw new InvalidDataException($"field '{prefix}{name}' is missing.");
        }

        Check(field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var value) && value >= min, name,
            $"it must be a whole number of at least {min}");
        return field.GetInt32();
    }

    private double ReadNumber(string name, double? defaultValue = null)
    {
        if (Find(name) is not { } field)
        {
            return defaultValue ?? throw new InvalidDataException($"field '{prefix}{name}' is missing.");
        }

        Check(field.ValueKind == JsonValueKind.Number && field.GetDouble() is > 0 and < double.PositiveInfinity, name,
            "it must be a finite number above zero");
        return field.GetDouble();
    }

    private bool ReadBoolean(string name)
    {
        Expect(name, value => value is null or "true" or "false", "it must be true or false");
        return Find(name)?.GetBoolean() ?? false;
    }

    private JsonElement? Find(string name) => root.GetOptional(name);

    private bool IsNull(string name) =>
        root.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Null;

    // Checks a field's raw JSON, null if the field is missing.
    private void Expect(string name, Func<string?, bool> isAllowed, string rule) =>
        Check(isAllowed(Find(name)?.GetRawText()), name, rule);

    private void Check([DoesNotReturnIf(false)] bool holds, string name, string rule) =>
        Require.Field(holds, $"{prefix}{name}", Find(name)?.GetRawText(), rule);
}
