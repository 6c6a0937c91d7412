using static TorchSharp.torch;

namespace LuceneLsr.Training.Losses;

/// <summary>
/// DF-FLOPS: the FLOPS regularizer with a factor for each term that tells common terms, whose long postings cost most,
/// from rare ones: 1 / (1 + (x^(log_a 2) - 1)^b), where x is the term's document frequency as a share of all texts,
/// a = 0.1 where the factor is one half, and b = 10 how steeply it rises (Porco et al., arXiv 2505.15070). The
/// frequency is taken from the batch itself.
/// </summary>
public static class DfFlopsRegularizer
{
    private const double Cutoff = 0.1;
    private const double Steepness = 10;

    private static readonly double Exponent = Math.Log(2) / Math.Log(Cutoff); // log_a 2, below zero

    /// <summary>The penalty for weights [batch, terms], all at least 0.</summary>
    public static Tensor Penalty(Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = NewDisposeScope();
        using var share = (weights.detach() > 0).to(weights.dtype).mean([0]);       // [terms]; 0 has the factor 0
        using var factors = 1 / (1 + (share.pow(Exponent) - 1).pow(Steepness));
        return (factors * weights.mean([0]).square()).sum().MoveToOuterDisposeScope();
    }
}
