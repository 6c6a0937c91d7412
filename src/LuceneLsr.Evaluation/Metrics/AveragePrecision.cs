using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Metrics;

/// <summary>
/// Average precision: the sum of the precision at the rank of each relevant document among the first k, divided by the
/// number of all relevant documents (<c>map_cut</c> in trec_eval, and <c>map</c> if no ranking is longer than k). Its
/// mean over queries is MAP@k.
/// </summary>
/// <remarks>Buckley and Voorhees, "Retrieval System Evaluation", in TREC, MIT Press, 2005.</remarks>
public sealed class AveragePrecision(int cutoff) : RankingMetric(cutoff)
{
    /// <inheritdoc/>
    public override double Score(IReadOnlyList<ScoredDocument> ranking, IReadOnlyDictionary<string, int> grades)
    {
        var relevant = grades.Values.Count(grade => grade > 0);
        var ranks = ranking.Take(Cutoff).Index()
            .Where(hit => GetGain(grades, hit.Item.DocumentId) > 0).Select(hit => hit.Index + 1);
        return relevant == 0 ? 0 : ranks.Index().Sum(found => (found.Index + 1.0) / found.Item) / relevant;
    }

    /// <summary>Returns "MAP@k".</summary>
    public override string ToString() => $"MAP@{Cutoff}";
}
