using LuceneLsr.Torch.Arithmetic;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// The FLOPS regularizer: the sum over terms j of (mean over the batch of |w_j|)^2, a smooth proxy for the number of
/// multiplications per query (Paria et al., "Minimizing FLOPs to Learn Efficient Sparse Representations", 2020).
/// </summary>
internal static class FlopsRegularizer
{
    /// <summary>Computes the penalty.</summary>
    /// <param name="weights">[batch, terms], nonnegative.</param>
    /// <param name="aboveTerms">
    /// Exempts texts with at most this many active terms, as if their weights were zero (the l0 mask of Shen et al.,
    /// arXiv 2504.14839).
    /// </param>
    public static Tensor Compute(Tensor weights, int aboveTerms = 0)
    {
        using var scope = NewDisposeScope();
        var penalized = weights;
        if (aboveTerms > 0)
        {
            var isLong = weights.detach().IsPositive().sum(1, keepdim: true).IsAbove(aboveTerms); // [batch, 1]
            penalized = weights * isLong.to(weights.dtype);
        }

        return penalized.mean([0]).Squared().sum().MoveToOuterDisposeScope();
    }
}
