using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Models;

namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>
/// Floating-point operations that a batch cannot do without: those of the matrix products, two for each weight and
/// token or position pair. Norms, rotations and activations are left out, and so is what the causal mask hides.
/// </summary>
internal static class FlopCount
{
    /// <summary>Of encoding so many texts of one length.</summary>
    public static double Of(DecoderConfig config, int texts, int length, AttentionVariant variant)
    {
        double positions = variant == AttentionVariant.Echo ? 2.0 * length : length;
        var pairs = variant == AttentionVariant.Bidirectional
            ? positions * positions
            : positions * (positions + 1) / 2;
        double own = config.NumAttentionHeads * config.HeadDim, shared = config.NumKeyValueHeads * config.HeadDim;
        var weights = config.HiddenSize * ((2 * own) + (2 * shared) + (3.0 * config.IntermediateSize));
        var layer = (2 * positions * weights) + (4 * pairs * own); // scores, and the values they weigh
        return (texts * config.NumHiddenLayers * layer) + OfHead(config, texts * length);
    }

    /// <summary>Of the head at so many pooled positions.</summary>
    public static double OfHead(DecoderConfig config, int positions) =>
        2.0 * positions * config.HiddenSize * config.OutputSize;
}
