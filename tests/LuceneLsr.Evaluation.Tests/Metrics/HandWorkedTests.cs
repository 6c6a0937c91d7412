using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Evaluation.Tests.Support;

namespace LuceneLsr.Evaluation.Tests.Metrics;

/// <summary>Compares metrics with values worked out by hand.</summary>
public sealed class HandWorkedTests
{
    private static readonly Dictionary<string, int> Grades = new() { ["a"] = 3, ["b"] = 1, ["c"] = 0, ["d"] = -1 };

    /// <summary>
    /// The example of https://en.wikipedia.org/wiki/Discounted_cumulative_gain: grades 3 2 3 0 1 2 at ranks 1 to 6,
    /// plus two documents of grades 3 and 2 that are not retrieved: DCG 6.861, IDCG 8.740.
    /// </summary>
    [Fact]
    public void Ndcg_matches_the_published_example()
    {
        var grades = new Dictionary<string, int>
        {
            ["D1"] = 3, ["D2"] = 2, ["D3"] = 3, ["D4"] = 0, ["D5"] = 1, ["D6"] = 2, ["D7"] = 3, ["D8"] = 2,
        };
        Assert.Equal(0.785, new Ndcg(6).Score(Rankings.Create("D1", "D2", "D3", "D4", "D5", "D6"), grades), 0.0005);
    }

    [Theory]
    [InlineData("a b", 1)]
    [InlineData("x a", 0.521296)] // (3 / log2 3) / (3 + 1 / log2 3)
    [InlineData("b a", 0.796708)] // (1 + 3 / log2 3) / (3 + 1 / log2 3)
    [InlineData("d c x a", 0)] // a negative grade has gain 0
    [InlineData("", 0)]
    public void Ndcg_at_3_matches_hand_worked_values(string ranking, double expected) =>
        Assert.Equal(expected, new Ndcg(3).Score(Ranking(ranking), Grades), 1e-6);

    [Theory]
    [InlineData("b a", 1)]
    [InlineData("c d b", 1 / 3.0)]
    [InlineData("x c d b", 0)]
    [InlineData("x", 0)]
    [InlineData("", 0)]
    public void Reciprocal_rank_at_3_matches_hand_worked_values(string ranking, double expected) =>
        Assert.Equal(expected, new ReciprocalRank(3).Score(Ranking(ranking), Grades));

    [Theory]
    [InlineData("x b a", 1)]
    [InlineData("c d b a", 0.5)]
    [InlineData("", 0)]
    public void Recall_at_3_matches_hand_worked_values(string ranking, double expected) =>
        Assert.Equal(expected, new Recall(3).Score(Ranking(ranking), Grades));

    [Fact]
    public void Mean_includes_judged_queries_without_results_and_no_unjudged_queries()
    {
        var qrels = new Qrels([new("q1", "a", 1), new("q2", "a", 1)]);
        Assert.Equal(0.5, new Recall(10).ComputeMean(Rankings.CreateRun("q1", Rankings.Create("a")), qrels));
        Assert.Equal(0, new Recall(10).ComputeMean(Rankings.CreateRun("unjudged", Rankings.Create("a")), qrels));
    }

    [Fact]
    public void Score_queries_has_each_judged_query_in_the_order_of_the_judgments()
    {
        var qrels = new Qrels([new("q2", "a", 1), new("q1", "b", 1), new("q2", "b", 1), new("q3", "a", 0)]);
        var run = Rankings.CreateRun("q2", Rankings.Create("a"));
        Assert.Equal([new("q2", 0.5), new("q1", 0), new("q3", 0)], new Recall(10).ScoreQueries(run, qrels));
    }

    [Fact]
    public void Report_contains_each_metric()
    {
        // One query: a relevant document at rank 2, one at rank 101, one at rank 1,001.
        var ranking = Enumerable.Range(1, 1_001).Select(rank => $"d{rank}");
        var qrels = new Qrels([new("q", "d2", 1), new("q", "d101", 1), new("q", "d1001", 1)]);
        var report = EvaluationReport.Compute(Rankings.CreateRun("q", Rankings.Create(ranking)), qrels);
        Assert.Equal(0.296082, report.NdcgAt10, 1e-6); // (1 / log2 3) / (1 + 1 / log2 3 + 1 / log2 4)
        Assert.Equal((0.5, 1 / 3.0, 2 / 3.0), (report.MrrAt10, report.RecallAt100, report.RecallAt1000));
    }

    [Fact]
    public void Metric_to_string_is_its_name() =>
        Assert.Equal("nDCG@10 MRR@10 Recall@100", $"{new Ndcg(10)} {new ReciprocalRank(10)} {new Recall(100)}");

    [Fact]
    public void Metric_with_a_cutoff_below_one_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ndcg(0));

    private static IReadOnlyList<ScoredDocument> Ranking(string documentIds) =>
        Rankings.Create(documentIds.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
