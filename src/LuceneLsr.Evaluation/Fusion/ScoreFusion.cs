using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Fusion;

/// <summary>
/// Fuses two rankings of a query by their z-scores: w z_1(d) + (1 - w) z_2(d), where
/// z(d) = (score(d) - mean) / deviation over the first 1,000 documents of a ranking (population standard deviation).
/// A document that is missing from a ranking gets that ranking's minimum z. An empty ranking, or one whose scores are
/// all equal, contributes 0. Ties are ordered by ordinal document id.
/// </summary>
/// <remarks>
/// Montague and Aslam, "Relevance score normalization for metasearch", CIKM 2001 (ZMUV: zero mean, unit variance).
/// </remarks>
public static class ScoreFusion
{
    /// <summary>The number of documents of each ranking that are fused.</summary>
    public const int Depth = 1_000;

    /// <summary>Fuses two runs query by query. The result has the queries of both.</summary>
    /// <param name="first">The first run.</param>
    /// <param name="second">The second run.</param>
    /// <param name="weight">The weight w of <paramref name="first"/>, 0 to 1.</param>
    public static Run Fuse(Run first, Run second, double weight = 0.5)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new Run(first.QueryIds.Union(second.QueryIds).Select(queryId => KeyValuePair.Create(
            queryId, FuseRankings(first.GetRanking(queryId), second.GetRanking(queryId), weight))));
    }

    /// <summary>Fuses two rankings of one query.</summary>
    /// <param name="first">The first ranking, best first.</param>
    /// <param name="second">The second ranking, best first.</param>
    /// <param name="weight">The weight w of <paramref name="first"/>, 0 to 1.</param>
    /// <returns>The fused documents of both rankings, best first; at most twice <see cref="Depth"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not from 0 to 1.</exception>
    public static IReadOnlyList<ScoredDocument> FuseRankings(
        IReadOnlyList<ScoredDocument> first, IReadOnlyList<ScoredDocument> second, double weight = 0.5)
    {
        if (weight is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A fusion weight must be from 0 to 1.");
        }

        var (one, two) = (new StandardScores(first.Take(Depth)), new StandardScores(second.Take(Depth)));
        return [.. one.DocumentIds.Union(two.DocumentIds)
            .Select(id => new ScoredDocument(id, (weight * one.GetScore(id)) + ((1 - weight) * two.GetScore(id))))
            .OrderByDescending(fused => fused.Score)
            .ThenBy(fused => fused.DocumentId, StringComparer.Ordinal)];
    }
}
