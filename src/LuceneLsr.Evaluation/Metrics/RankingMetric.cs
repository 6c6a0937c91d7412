using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Metrics;

/// <summary>A figure from 0 to 1 for the first k documents of a ranking.</summary>
public abstract class RankingMetric
{
    /// <summary>Sets the cutoff.</summary>
    /// <param name="cutoff">k: how many documents count, at least 1.</param>
    private protected RankingMetric(int cutoff)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cutoff, 1);
        Cutoff = cutoff;
    }

    /// <summary>k: how many documents count.</summary>
    public int Cutoff { get; }

    /// <summary>The value for one query.</summary>
    /// <param name="ranking">What was retrieved, best first.</param>
    /// <param name="grades">The judgments of the query; a document without one is not relevant.</param>
    /// <returns>0 to 1; 0 where no document is relevant.</returns>
    public abstract double Score(IReadOnlyList<ScoredDocument> ranking, IReadOnlyDictionary<string, int> grades);

    /// <summary>
    /// The mean over all judged queries. One without results counts 0 (trec_eval -c); results of others are left out.
    /// </summary>
    public double Mean(Run run, Qrels qrels)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(qrels);
        return qrels.QueryIds.Average(queryId => Score(run.Ranking(queryId), qrels.Grades(queryId)));
    }

    /// <summary>The gain of a document: its grade where that is above zero.</summary>
    private protected static int Gain(IReadOnlyDictionary<string, int> grades, string documentId) =>
        Math.Max(0, grades.GetValueOrDefault(documentId));
}
