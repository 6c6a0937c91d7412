using System.Diagnostics;
using System.Text.Json;

namespace LuceneLsr.Torch.Configs;

/// <summary>
/// Reads the <c>config.json</c> of a decoder. Every error is an <see cref="InvalidDataException"/> that names the
/// field, including values that this implementation does not support.
/// </summary>
internal sealed class DecoderConfigReader(JsonElement root, string prefix = "") : ConfigFields(root, prefix)
{
    public DecoderConfig Read(DecoderFamily family)
    {
        Expect("hidden_act", value => value is null or "\"silu\"", "only 'silu' is supported");
        var config = ReadRope(ReadAttentionBias(ReadShape(family), family));
        config = ReadSlidingWindow(config, family.SlidingWindow);
        CheckShape(config);
        return config;
    }

    private DecoderConfig ReadShape(DecoderFamily family)
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
            NumHiddenLayers = ReadInteger("num_hidden_layers", max: MaxLayers),
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

    private DecoderConfig ReadAttentionBias(DecoderConfig config, DecoderFamily family)
    {
        var isBiased = ReadBoolean("attention_bias");
        switch (family.Biases)
        {
            case DecoderFamily.BiasRule.Configurable:
                return config with { QueryKeyValueBias = isBiased, AttentionOutputBias = isBiased };
            case DecoderFamily.BiasRule.None:
                Check(!isBiased, "attention_bias", $"models of type '{family.ModelType}' have no biases");
                return config;
            case DecoderFamily.BiasRule.QueryKeyValue:
                Check(Find("attention_bias") is null || isBiased, "attention_bias",
                    $"models of type '{family.ModelType}' have biases");
                return config with { QueryKeyValueBias = true };
            default:
                throw new UnreachableException();
        }
    }

    private bool ReadFeedForwardBias(DecoderFamily family)
    {
        var isBiased = ReadBoolean("mlp_bias");
        Check(!isBiased || family.HasFeedForwardBiases, "mlp_bias",
            $"models of type '{family.ModelType}' have no biases");
        return isBiased;
    }

    // Old files have the fields "rope_theta" and "rope_scaling", new ones put both into "rope_parameters". Where a file
    // has all of them, Transformers uses the scaling of "rope_scaling".
    private DecoderConfig ReadRope(DecoderConfig config) =>
        ReadRope(ReadRope(config, "rope_parameters"), "rope_scaling");

    private DecoderConfig ReadRope(DecoderConfig config, string name)
    {
        if (Find(name) is not { } rope)
        {
            return config;
        }

        Check(rope.ValueKind == JsonValueKind.Object, name, "it must be an object");
        Check(rope.EnumerateObject().All(field => field.Value.ValueKind != JsonValueKind.Object), name,
            "parameters per layer type are not supported");
        var reader = new DecoderConfigReader(rope, $"{Prefix}{name}.");
        var type = reader.Find("rope_type") is null ? "type" : "rope_type";
        reader.Expect(type, value => value is null or "\"default\"" or "\"linear\"" or "\"llama3\"",
            "only 'default', 'linear' and 'llama3' are supported");
        return config with
        {
            RopeTheta = reader.ReadNumber("rope_theta", config.RopeTheta),
            RopeScaling = reader.Find(type)?.GetString() switch
            {
                null or "default" => null,
                "linear" => new(reader.ReadNumber("factor")),
                "llama3" => new(reader.ReadNumber("factor"), reader.ReadBands()),
                _ => throw new UnreachableException(),
            },
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

    private DecoderConfig ReadSlidingWindow(DecoderConfig config, DecoderFamily.SlidingWindowRule rule)
    {
        const int DefaultWindow = 4096, DefaultFirstLayer = 28;
        Check(rule != DecoderFamily.SlidingWindowRule.None || Find("sliding_window") is null, "sliding_window",
            $"models of type '{config.ModelType}' have no sliding window");
        config = rule switch
        {
            DecoderFamily.SlidingWindowRule.None => config,
            DecoderFamily.SlidingWindowRule.AllLayers => IsNull("sliding_window")
                ? config
                : config with { SlidingWindow = ReadInteger("sliding_window", DefaultWindow) },
            DecoderFamily.SlidingWindowRule.UpperLayers => !ReadBoolean("use_sliding_window")
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
}
