using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// The FLOPS regularizer: sum over terms j of (mean over the batch of |w_j|)^2, a smooth stand-in for the number of
/// multiplications that a query costs
/// (Paria et al., "Minimizing FLOPs to Learn Efficient Sparse Representations", 2020).
/// </summary>
public static class FlopsRegularizer
{
    /// <summary>The penalty.</summary>
    /// <param name="weights">[batch, terms], all at least 0.</param>
    /// <param name="aboveTerms">
    /// Texts with no more active terms than this are left alone, as if their weights were zero
    /// (the l0 mask of Shen et al., arXiv 2504.14839).
    /// </param>
    public static Tensor Penalty(Tensor weights, int aboveTerms = 0)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = NewDisposeScope();
        var penalized = weights;
        if (aboveTerms > 0)
        {
            var isLong = (weights.detach() > 0).sum(1, keepdim: true) > aboveTerms; // [batch, 1]
            penalized = weights * isLong.to(weights.dtype);
        }

        return penalized.mean([0]).square().sum().MoveToOuterDisposeScope();
    }
}
