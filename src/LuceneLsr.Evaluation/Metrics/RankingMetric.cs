using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Metrics;

/// <summary>A metric of the first k documents of a ranking, from 0 to 1.</summary>
public abstract class RankingMetric
{
    /// <summary>Creates a metric.</summary>
    /// <param name="cutoff">The number k of documents to consider; at least 1.</param>
    private protected RankingMetric(int cutoff)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cutoff, 1);
        Cutoff = cutoff;
    }

    /// <summary>Gets the number k of documents to consider.</summary>
    public int Cutoff { get; }

    /// <summary>Computes the metric for one query.</summary>
    /// <param name="ranking">The retrieved documents, best first.</param>
    /// <param name="grades">The query's grades by document id. Documents without a grade are not relevant.</param>
    /// <returns>The metric, 0 to 1; 0 if no document is relevant.</returns>
    public abstract double Score(IReadOnlyList<ScoredDocument> ranking, IReadOnlyDictionary<string, int> grades);

    /// <summary>
    /// Computes the metric for each judged query, in the order of the judgments. Judged queries without results count
    /// as 0 (trec_eval -c); results of queries without judgments are ignored.
    /// </summary>
    public IReadOnlyList<QueryScore> ScoreQueries(Run run, Qrels qrels)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(qrels);
        return [.. qrels.QueryIds.Select(queryId => new QueryScore(
            queryId, Score(run.GetRanking(queryId), qrels.GetGrades(queryId))))];
    }

    /// <summary>Computes the mean of <see cref="ScoreQueries"/>.</summary>
    public double ComputeMean(Run run, Qrels qrels) => ScoreQueries(run, qrels).Average(query => query.Score);

    /// <summary>Gets the gain of a document: its grade, or 0 if the grade is negative or missing.</summary>
    private protected static int GetGain(IReadOnlyDictionary<string, int> grades, string documentId) =>
        Math.Max(0, grades.GetValueOrDefault(documentId));
}
