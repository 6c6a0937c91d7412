using System.Diagnostics;
using System.Text.Json.Nodes;

namespace LuceneLsr.Torch.Configs;

/// <summary>Writes a <c>config.json</c> for <see cref="DecoderConfigReader"/> and Hugging Face.</summary>
internal static class DecoderConfigWriter
{
    public static JsonObject Write(DecoderConfig config)
    {
        var family = DecoderFamily.All.Single(family => family.ModelType == config.ModelType);
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray(family.Architecture),
            ["model_type"] = family.ModelType,
            ["vocab_size"] = config.VocabSize,
            ["hidden_size"] = config.HiddenSize,
            ["intermediate_size"] = config.IntermediateSize,
            ["num_hidden_layers"] = config.NumHiddenLayers,
            ["num_attention_heads"] = config.NumAttentionHeads,
            ["num_key_value_heads"] = config.NumKeyValueHeads,
            ["head_dim"] = config.HeadDim,
            ["hidden_act"] = "silu",
            ["rms_norm_eps"] = config.RmsNormEps,
            ["rope_theta"] = config.RopeTheta,
            ["rope_scaling"] = config.RopeScaling is { } scaling ? WriteRopeScaling(scaling) : null,
            ["max_position_embeddings"] = config.MaxPositionEmbeddings,
            ["tie_word_embeddings"] = config.TieWordEmbeddings,
            ["bos_token_id"] = config.BosTokenId,
            ["output_size"] = config.OutputSize,
            ["output_bias"] = config.OutputBias,
        };
        if (family.Biases == DecoderFamily.BiasRule.Configurable)
        {
            json["attention_bias"] = config.QueryKeyValueBias;
        }

        if (family.HasFeedForwardBiases)
        {
            json["mlp_bias"] = config.FeedForwardBias;
        }

        WriteSlidingWindow(json, config, family.SlidingWindow);
        return json;
    }

    private static JsonObject WriteRopeScaling(RopeScaling scaling) => scaling.Bands is not { } bands
        ? new() { ["rope_type"] = "linear", ["factor"] = scaling.Factor }
        : new()
        {
            ["rope_type"] = "llama3",
            ["factor"] = scaling.Factor,
            ["low_freq_factor"] = bands.LowFreqFactor,
            ["high_freq_factor"] = bands.HighFreqFactor,
            ["original_max_position_embeddings"] = bands.OriginalMaxPositionEmbeddings,
        };

    private static void WriteSlidingWindow(JsonObject json, DecoderConfig config, DecoderFamily.SlidingWindowRule rule)
    {
        switch (rule)
        {
            case DecoderFamily.SlidingWindowRule.None:
                break;
            case DecoderFamily.SlidingWindowRule.AllLayers:
                json["sliding_window"] = config.SlidingWindow;
                break;
            case DecoderFamily.SlidingWindowRule.UpperLayers:
                json["sliding_window"] = config.SlidingWindow;
                json["use_sliding_window"] = config.SlidingWindow is not null;
                json["max_window_layers"] = config.FirstSlidingWindowLayer;
                break;
            default:
                throw new UnreachableException();
        }
    }
}
