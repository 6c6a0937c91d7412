using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Evaluation.Significance;

namespace LuceneLsr.Evaluation.Comparisons;

/// <summary>Compares two runs by a metric: means, wins and losses, the queries that change, and significance.</summary>
public sealed class MetricComparison
{
    private readonly Lazy<double> _pValue;

    /// <summary>Creates a comparison from the values of each query.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="queries">The values of the judged queries; at least one.</param>
    /// <exception cref="ArgumentException">There are no queries.</exception>
    public MetricComparison(RankingMetric metric, IEnumerable<QueryScores> queries)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(queries);
        (Metric, Queries) = (metric, [.. queries]);
        if (Queries.Count == 0)
        {
            throw new ArgumentException("There are no queries to compare.", nameof(queries));
        }

        _pValue = new(() => new PairedRandomizationTest().ComputePValue(Queries.Select(query => query.Gain)));
    }

    /// <summary>Gets the metric.</summary>
    public RankingMetric Metric { get; }

    /// <summary>Gets the values of all judged queries, in the order of the judgments.</summary>
    public IReadOnlyList<QueryScores> Queries { get; }

    /// <summary>Gets the mean of the first run.</summary>
    public double FirstMean => Queries.Average(query => query.First);

    /// <summary>Gets the mean of the second run.</summary>
    public double SecondMean => Queries.Average(query => query.Second);

    /// <summary>Gets the queries for which the second run is better, those that gain most first.</summary>
    public IEnumerable<QueryScores> Wins =>
        Queries.Where(query => query.Gain > 0).OrderByDescending(query => query.Gain);

    /// <summary>Gets the queries for which the second run is worse, those that lose most first.</summary>
    public IEnumerable<QueryScores> Losses => Queries.Where(query => query.Gain < 0).OrderBy(query => query.Gain);

    /// <summary>Gets the number of queries for which both runs are equal.</summary>
    public int Ties => Queries.Count(query => query.Gain == 0);

    /// <summary>Gets the two-sided p-value of the difference (<see cref="PairedRandomizationTest"/>).</summary>
    public double PValue => _pValue.Value;

    /// <summary>Compares two runs on all judged queries. A query that a run lacks has the value 0 there.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="first">The first run.</param>
    /// <param name="second">The second run.</param>
    /// <param name="qrels">The judgments.</param>
    public static MetricComparison Compare(RankingMetric metric, Run first, Run second, Qrels qrels)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new(metric, metric.ScoreQueries(first, qrels).Zip(
            metric.ScoreQueries(second, qrels),
            (one, two) => new QueryScores(one.QueryId, one.Score, two.Score)));
    }
}
