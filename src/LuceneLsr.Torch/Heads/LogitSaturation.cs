using System.Diagnostics;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Arithmetic;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>Turns logits into weights.</summary>
internal static class LogitSaturation
{
    /// <summary>Computes f(ReLU(scale x logits / length)), where f is the saturation.</summary>
    /// <param name="rule">The rule of the texts' side.</param>
    /// <param name="logits">The logits, pooled or not.</param>
    /// <param name="tokens">The number of pooled tokens of each logit's text, broadcast to the logits.</param>
    public static Tensor Saturate(this PoolingRule rule, Tensor logits, Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var scaled = logits.Times(rule.LogitScale);
        if (rule.Length is { } length)
        {
            scaled /= tokens.to(logits.dtype).Times(length.B / length.AverageTokens).Plus(1 - length.B);
        }

        var saturated = scaled.relu().log1p();
        return (rule.Saturation switch
        {
            Saturation.Log => saturated,
            Saturation.LogLog => saturated.log1p(),
            _ => throw new UnreachableException(),
        }).MoveToOuterDisposeScope();
    }
}
