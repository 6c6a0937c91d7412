using System.Globalization;
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

    /// <summary>
    /// Gets the metrics that are reported by default: nDCG@10, MRR@10, MAP@1000, P@10, Recall@100 and Recall@1000.
    /// </summary>
    public static IReadOnlyList<RankingMetric> Standard { get; } =
    [
        new Ndcg(10), new ReciprocalRank(10), new AveragePrecision(1_000), new Precision(10), new Recall(100),
        new Recall(1_000),
    ];

    /// <summary>Gets the number k of documents to consider.</summary>
    public int Cutoff { get; }

    /// <summary>Parses a name such as "nDCG@10": nDCG, MRR, MAP, P or Recall, in any case, and a cutoff.</summary>
    /// <exception cref="ArgumentException">The text is not such a name.</exception>
    public static RankingMetric Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cutoff = text.Split('@') is [_, var digits]
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return cutoff == 0 ? throw CreateError(text) : text.Split('@')[0].ToUpperInvariant() switch
        {
            "NDCG" => new Ndcg(cutoff),
            "MRR" => new ReciprocalRank(cutoff),
            "MAP" => new AveragePrecision(cutoff),
            "P" => new Precision(cutoff),
            "RECALL" => new Recall(cutoff),
            _ => throw CreateError(text),
        };
    }

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

    private static ArgumentException CreateError(string text) => new(
        $"'{text}' is not a metric. Write nDCG, MRR, MAP, P or Recall with a cutoff of at least 1, such as nDCG@10.",
        nameof(text));
}
