using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Evaluation.Tests.Support;

namespace LuceneLsr.Evaluation.Tests.Comparisons;

public sealed class MetricComparisonTests
{
    private static readonly Qrels Qrels = new(
        [new("q1", "a", 1), new("q2", "a", 1), new("q3", "a", 1), new("q4", "a", 1), new("q5", "a", 1)]);

    /// <summary>
    /// Reciprocal ranks 1, 1/2, 1/3, 0, 1 and 1/2, 1, 1, 0, 0: gains -1/2, 1/2, 2/3, 0, -1.
    /// </summary>
    [Fact]
    public void Compare_returns_means_wins_losses_and_ties()
    {
        var comparison = MetricComparison.Compare(
            new ReciprocalRank(10),
            CreateRun(("q1", "a b"), ("q2", "b a"), ("q3", "b c a"), ("q4", "b"), ("q5", "a")),
            CreateRun(("q1", "b a"), ("q2", "a b"), ("q3", "a"), ("unjudged", "a")),
            Qrels);
        Assert.Equal(17 / 6.0 / 5, comparison.FirstMean, 1e-12);
        Assert.Equal(2.5 / 5, comparison.SecondMean, 1e-12);
        Assert.Equal(["q3", "q2"], comparison.Wins.Select(query => query.QueryId));
        Assert.Equal(["q5", "q1"], comparison.Losses.Select(query => query.QueryId));
        Assert.Equal((1, 5), (comparison.Ties, comparison.Queries.Count));

        // By brute force: the signs of the gains whose sum is at least as large as the observed one, 1/3.
        Assert.Equal(CountSigns([0.5, 0.5, 2 / 3.0, 1], atLeast: 1 / 3.0) / 16.0, comparison.PValue, 1e-12);
    }

    [Fact]
    public void Difference_by_rounding_alone_is_a_tie()
    {
        var comparison = new MetricComparison(new Ndcg(10), [new("q", 0.1 + 0.2, 0.3)]);
        Assert.Equal((1, 1), (comparison.Ties, comparison.PValue));
    }

    [Fact]
    public void Comparison_without_queries_throws() =>
        Assert.Throws<ArgumentException>(() => new MetricComparison(new Ndcg(10), []));

    private static int CountSigns(double[] values, double atLeast) => Enumerable.Range(0, 1 << values.Length).Count(
        signs => Math.Abs(values.Select((value, index) => (signs >> index & 1) == 0 ? value : -value).Sum())
            >= atLeast - 1e-9);

    private static Run CreateRun(params (string QueryId, string Ranking)[] rankings) => new(rankings.Select(
        query => KeyValuePair.Create(query.QueryId, Rankings.Create(query.Ranking.Split(' ')))));
}
