using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;

namespace LuceneLsr.Tools.Benchmarks.Models;

/// <summary>
/// Counts the floating-point operations of a forward pass: those of the matrix products, two per weight and token and
/// two per score and dimension of attention. Norms, rotary embeddings and activations are not counted, nor what the
/// causal mask hides.
/// </summary>
internal static class FlopCount
{
    /// <summary>Counts the operations of encoding texts of one length, head included.</summary>
    public static double CountEncoding(DecoderConfig config, int texts, int length, AttentionVariant variant)
    {
        double positions = variant == AttentionVariant.Echo ? 2.0 * length : length;
        var pairs = variant == AttentionVariant.Bidirectional
            ? positions * positions
            : positions * (positions + 1) / 2;
        double queryWidth = config.NumAttentionHeads * config.HeadDim;
        double keyValueWidth = config.NumKeyValueHeads * config.HeadDim;
        var weights = config.HiddenSize * ((2 * queryWidth) + (2 * keyValueWidth) + (3.0 * config.IntermediateSize));
        var layer = (2 * positions * weights) + (4 * pairs * queryWidth); // scores, and the values they weight
        return (texts * config.NumHiddenLayers * layer) + CountHead(config, texts * length);
    }

    /// <summary>Counts the operations of the head at a number of pooled positions.</summary>
    public static double CountHead(ModelConfig config, int positions) =>
        2.0 * positions * config.HiddenSize * config.OutputSize;
}
