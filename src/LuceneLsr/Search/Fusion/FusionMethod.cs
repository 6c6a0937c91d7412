namespace LuceneLsr.Search.Fusion;

/// <summary>
/// Makes the scores of rankings comparable, so that they can be added up. A document of several rankings gets the
/// weighted sum of its normalized scores.
/// </summary>
public abstract class FusionMethod
{
    /// <summary>
    /// Gets the method that scales scores to 0..1: (score - minimum) / (maximum - minimum), or 1 if all are equal. A
    /// missing document gets 0.
    /// </summary>
    public static FusionMethod MinMax { get; } = new MinMaxFusion();

    /// <summary>
    /// Gets the method that scales scores to mean 0 and standard deviation 1: (score - mean) / deviation, or 0 if all
    /// are equal, with the population's deviation. A missing document gets the minimum, so a ranking of one document
    /// has no effect.
    /// </summary>
    /// <remarks>
    /// Montague and Aslam, "Relevance score normalization for metasearch", CIKM 2001 (ZMUV: zero mean, unit variance).
    /// </remarks>
    public static FusionMethod ZScore { get; } = new ZScoreFusion();

    /// <summary>
    /// Creates the method that uses ranks instead of scores: 1 / (<paramref name="constant"/> + rank), with ranks from
    /// 1. A missing document gets 0.
    /// </summary>
    /// <param name="constant">The constant k; the higher, the less the first ranks count.</param>
    /// <exception cref="ArgumentOutOfRangeException">The constant is negative.</exception>
    /// <remarks>
    /// Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning
    /// methods", SIGIR 2009.
    /// </remarks>
    public static FusionMethod ReciprocalRank(int constant = 60)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(constant);
        return new ReciprocalRankFusion(constant);
    }

    /// <summary>Normalizes the scores of a ranking.</summary>
    /// <param name="scores">The scores, best first.</param>
    public abstract NormalizedScores Normalize(IReadOnlyList<double> scores);
}
