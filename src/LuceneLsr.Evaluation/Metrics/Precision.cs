using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Metrics;

/// <summary>
/// Precision@k: the share of the first k ranks that have a relevant document (<c>P</c> in trec_eval). Ranks below the
/// end of a shorter ranking count as not relevant.
/// </summary>
public sealed class Precision(int cutoff) : RankingMetric(cutoff)
{
    /// <inheritdoc/>
    public override double Score(IReadOnlyList<ScoredDocument> ranking, IReadOnlyDictionary<string, int> grades) =>
        (double)ranking.Take(Cutoff).Count(hit => GetGain(grades, hit.DocumentId) > 0) / Cutoff;

    /// <summary>Returns "P@k".</summary>
    public override string ToString() => $"P@{Cutoff}";
}
