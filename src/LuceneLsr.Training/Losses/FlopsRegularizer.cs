using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// The FLOPS regularizer: sum over terms j of (mean over the batch of |w_j|)^2, a smooth stand-in for the number of
/// multiplications that a query costs
/// (Paria et al., "Minimizing FLOPs to Learn Efficient Sparse Representations", 2020).
/// </summary>
public static class FlopsRegularizer
{
    /// <summary>The penalty for weights [batch, terms], all at least 0.</summary>
    public static Tensor Penalty(Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = NewDisposeScope();
        return weights.mean([0]).square().sum().MoveToOuterDisposeScope();
    }
}
