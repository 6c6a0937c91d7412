using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Metrics;

/// <summary>
/// Recall@k: the share of a query's relevant documents that rank among the first k (<c>recall</c> in trec_eval).
/// </summary>
public sealed class Recall(int cutoff) : RankingMetric(cutoff)
{
    /// <inheritdoc/>
    public override double Score(IReadOnlyList<ScoredDocument> ranking, IReadOnlyDictionary<string, int> grades)
    {
        var relevant = grades.Values.Count(grade => grade > 0);
        var found = ranking.Take(Cutoff).Count(hit => GetGain(grades, hit.DocumentId) > 0);
        return relevant == 0 ? 0 : (double)found / relevant;
    }

    /// <summary>Returns "Recall@k".</summary>
    public override string ToString() => $"Recall@{Cutoff}";
}
