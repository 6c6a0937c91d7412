using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Fusion;

/// <summary>
/// Fuses two rankings of a query by their standardized scores: w z_1(d) + (1 - w) z_2(d), where
/// z(d) = (score(d) - mean) / deviation over the first 1,000 of a ranking (population deviation).
/// A document that one ranking misses takes that ranking's smallest z. A ranking that is empty or whose scores are all
/// equal gives 0. Equal sums stand by ordinal document id.
/// </summary>
/// <remarks>
/// Montague and Aslam, "Relevance score normalization for metasearch", CIKM 2001 (ZMUV: zero mean, unit variance).
/// </remarks>
public static class ScoreFusion
{
    /// <summary>How many documents of a ranking take part.</summary>
    public const int Depth = 1_000;

    /// <summary>Fuses two runs query by query, over the queries of both.</summary>
    /// <param name="first">A run.</param>
    /// <param name="second">The other one.</param>
    /// <param name="weight">w, the share of <paramref name="first"/>, 0 to 1.</param>
    public static Run Fuse(Run first, Run second, double weight = 0.5)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new Run(first.QueryIds.Union(second.QueryIds).Select(queryId => KeyValuePair.Create(
            queryId, Fuse(first.Ranking(queryId), second.Ranking(queryId), weight))));
    }

    /// <summary>Fuses two rankings of one query.</summary>
    /// <param name="first">A ranking, best first.</param>
    /// <param name="second">The other one.</param>
    /// <param name="weight">w, the share of <paramref name="first"/>, 0 to 1.</param>
    /// <returns>All documents of both, best first, at most twice <see cref="Depth"/>.</returns>
    public static IReadOnlyList<ScoredDocument> Fuse(
        IReadOnlyList<ScoredDocument> first, IReadOnlyList<ScoredDocument> second, double weight = 0.5)
    {
        if (weight is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is 0 to 1.");
        }

        var (one, two) = (new StandardScores(first.Take(Depth)), new StandardScores(second.Take(Depth)));
        return [.. one.DocumentIds.Union(two.DocumentIds)
            .Select(id => new ScoredDocument(id, (weight * one.Of(id)) + ((1 - weight) * two.Of(id))))
            .OrderByDescending(fused => fused.Score)
            .ThenBy(fused => fused.DocumentId, StringComparer.Ordinal)];
    }
}
