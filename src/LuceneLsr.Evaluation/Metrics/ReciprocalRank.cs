using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Metrics;

/// <summary>
/// Reciprocal rank: 1 / rank of the first relevant document, or 0 if the first k documents have none
/// (<c>recip_rank</c> in trec_eval with <c>-M k</c>). Its mean over queries is MRR@k.
/// </summary>
/// <remarks>Voorhees, "The TREC-8 Question Answering Track Report", 1999.</remarks>
public sealed class ReciprocalRank(int cutoff) : RankingMetric(cutoff)
{
    /// <inheritdoc/>
    public override double Score(IReadOnlyList<ScoredDocument> ranking, IReadOnlyDictionary<string, int> grades)
    {
        var before = ranking.Take(Cutoff).TakeWhile(hit => GetGain(grades, hit.DocumentId) == 0).Count();
        return before == Math.Min(Cutoff, ranking.Count) ? 0 : 1.0 / (before + 1);
    }

    /// <summary>Returns "MRR@k".</summary>
    public override string ToString() => $"MRR@{Cutoff}";
}
