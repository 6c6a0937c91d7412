using LuceneLsr.Torch.Arithmetic;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// DF-FLOPS: the FLOPS regularizer with a factor per term that penalizes common terms, whose long postings cost most,
/// more than rare ones (Porco et al., arXiv 2505.15070). The factor is 1 / (1 + (x^(log_a 2) - 1)^b), where x is the
/// share of texts that contain the term, a = 0.1 is the share at which the factor is one half, and b = 10 sets the
/// slope. Document frequencies are estimated from the batch.
/// </summary>
internal static class DfFlopsRegularizer
{
    private const double Cutoff = 0.1; // a
    private const double Steepness = 10; // b

    private static readonly double Exponent = Math.Log(2) / Math.Log(Cutoff); // log_a 2, negative

    /// <summary>Computes the penalty.</summary>
    /// <param name="weights">[batch, terms], nonnegative.</param>
    public static Tensor Compute(Tensor weights)
    {
        using var scope = NewDisposeScope();
        using var share = weights.detach().IsPositive().to(weights.dtype).mean([0]); // [terms]; 0 gives factor 0
        using var factors = share.ToPower(Exponent).Plus(-1).ToPower(Steepness).Plus(1).reciprocal(); // [terms]
        return (factors * weights.mean([0]).Squared()).sum().MoveToOuterDisposeScope();
    }
}
