using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// The l1 penalty: mean over the batch of sum over terms j of |w_j| (as on the queries' side of "Efficient SPLADE",
/// Lassance and Clinchant, arXiv 2207.03834). It makes each text sparse, but does not spread postings over terms.
/// </summary>
public static class L1Regularizer
{
    /// <summary>The penalty for weights [batch, terms], all at least 0.</summary>
    public static Tensor Penalty(Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = NewDisposeScope();
        return weights.sum([1]).mean().MoveToOuterDisposeScope();
    }
}
