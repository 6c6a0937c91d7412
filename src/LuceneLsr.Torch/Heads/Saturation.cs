using LuceneLsr.Tokenization.Encoders;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>Turns pooled logits into weights.</summary>
internal static class Saturation
{
    /// <summary>Computes log(1 + ReLU(scale x pooled / length)): [batch, output] -> [batch, output].</summary>
    /// <param name="rule">The rule of the texts' side.</param>
    /// <param name="pooled">The pooled logits.</param>
    /// <param name="mask">1 for each pooled position, [batch, pooled].</param>
    public static Tensor Saturate(this PoolingRule rule, Tensor pooled, Tensor mask)
    {
        using var scope = NewDisposeScope();
        using Scalar scale = rule.LogitScale; // see Scalars: alive during the call
        var scaled = pooled * scale;
        if (rule.Length is { } length)
        {
            var tokens = mask.sum([1], keepdim: true).to(pooled.dtype); // [batch, 1]
            scaled /= (tokens * (length.B / length.AverageTokens)) + (1 - length.B);
        }

        return scaled.relu().log1p().MoveToOuterDisposeScope();
    }
}
