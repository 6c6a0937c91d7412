using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// The l1 regularizer: the mean over the batch of the sum over terms j of |w_j| (Lassance and Clinchant, "An Efficiency
/// Study for SPLADE Models", arXiv 2207.03834, on the query side). It makes each text sparse but does not balance
/// posting lengths across terms.
/// </summary>
internal static class L1Regularizer
{
    /// <summary>Computes the penalty.</summary>
    /// <param name="weights">[batch, terms], nonnegative.</param>
    public static Tensor Compute(Tensor weights)
    {
        using var scope = NewDisposeScope();
        return weights.sum([1]).mean().MoveToOuterDisposeScope();
    }
}
