using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Metrics;

/// <summary>
/// Normalized discounted cumulative gain, nDCG@k = DCG@k / IDCG@k with DCG@k = sum over ranks i = 1..k of
/// gain_i / log2(i + 1). The gain is the grade, and IDCG@k is the DCG@k of all judged documents sorted by grade
/// (<c>ndcg_cut</c> in trec_eval).
/// </summary>
/// <remarks>
/// Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002.
/// </remarks>
public sealed class Ndcg(int cutoff) : RankingMetric(cutoff)
{
    /// <inheritdoc/>
    public override double Score(IReadOnlyList<ScoredDocument> ranking, IReadOnlyDictionary<string, int> grades)
    {
        var ideal = ComputeDcg(grades.Values.Where(grade => grade > 0).OrderDescending());
        return ideal == 0 ? 0 : ComputeDcg(ranking.Select(hit => GetGain(grades, hit.DocumentId))) / ideal;
    }

    private double ComputeDcg(IEnumerable<int> gains) =>
        gains.Take(Cutoff).Select((gain, index) => gain / Math.Log2(index + 2)).Sum();

    /// <summary>Returns "nDCG@k".</summary>
    public override string ToString() => $"nDCG@{Cutoff}";
}
