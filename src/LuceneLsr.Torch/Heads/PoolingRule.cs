using LuceneLsr.Tokenization.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>The rule that turns the logits of a text's positions into weights.</summary>
/// <param name="Pooling">How logits are pooled over positions.</param>
/// <param name="LogitScale">The factor that every logit is multiplied by.</param>
/// <param name="Length">The normalization by text length, or null for none.</param>
internal sealed record PoolingRule(
    TermPooling Pooling = TermPooling.Max, double LogitScale = 1, LengthNormalization? Length = null)
{
    /// <summary>Computes log(1 + ReLU(scale x pooled / length)): [batch, output] -> [batch, output].</summary>
    /// <param name="pooled">The pooled logits.</param>
    /// <param name="mask">1 for each pooled position, [batch, pooled].</param>
    internal Tensor Saturate(Tensor pooled, Tensor mask)
    {
        using var scope = NewDisposeScope();
        using Scalar scale = LogitScale; // see Scalars: alive during the call
        var scaled = pooled * scale;
        if (Length is { } length)
        {
            var tokens = mask.sum([1], keepdim: true).to(pooled.dtype); // [batch, 1]
            scaled /= (tokens * (length.B / length.AverageTokens)) + (1 - length.B);
        }

        return scaled.relu().log1p().MoveToOuterDisposeScope();
    }
}
