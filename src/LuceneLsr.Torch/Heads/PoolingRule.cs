using LuceneLsr.Tokenization.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>How the logits of a text's positions become weights.</summary>
/// <param name="Pooling">How they are pooled.</param>
/// <param name="LogitScale">Factor on every logit.</param>
/// <param name="Length">How the text's length counts, if it does.</param>
public sealed record PoolingRule(
    TermPooling Pooling = TermPooling.Max, double LogitScale = 1, LengthNormalization? Length = null)
{
    /// <summary>Weights of pooled logits, both [batch, output]: log(1 + ReLU(scale x pooled / length)).</summary>
    /// <param name="pooled">The pooled logits.</param>
    /// <param name="mask">1 for each pooled position, [batch, pooled].</param>
    internal Tensor Saturate(Tensor pooled, Tensor mask)
    {
        using var scope = NewDisposeScope();
        var scaled = pooled * LogitScale;
        if (Length is { } length)
        {
            var tokens = mask.sum([1], keepdim: true).to(pooled.dtype); // [batch, 1]
            scaled /= (tokens * (length.B / length.AverageTokens)) + (1 - length.B);
        }

        return scaled.relu().log1p().MoveToOuterDisposeScope();
    }
}
