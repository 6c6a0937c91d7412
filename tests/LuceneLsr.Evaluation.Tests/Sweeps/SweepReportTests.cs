using LuceneLsr.Evaluation.Sweeps;

namespace LuceneLsr.Evaluation.Tests.Sweeps;

public sealed class SweepReportTests
{
    private const int Queries = 20;

    [Fact]
    public void Front_has_the_points_that_no_other_dominates()
    {
        var report = Create(
            ("default", 0.5, 5), ("4", 0.3, 1), ("8", 0.3, 2), ("12", 0.4, 3), ("16", 0.6, 5), ("24", 0.6, 5));
        Assert.Equal(
            ["query-terms 4", "query-terms 12", "query-terms 16", "query-terms 24"], // equal points do not dominate
            report.Rows.Where(row => row.IsOnFront).Select(row => row.Result.Point.Name));
    }

    [Fact]
    public void Recommended_is_the_cheapest_point_within_the_tolerance()
    {
        var report = Create(("default", 0.5, 5), ("4", 0.48, 1), ("8", 0.495, 2), ("12", 0.499, 3));
        // 4 is too far below. The others are 0.1 below in one query and equal in all others, which is not significant.
        Assert.Equal("query-terms 8", report.Recommended.Result.Point.Name);
        Assert.Contains("the least mean time per query", report.Rule, StringComparison.Ordinal);
        Assert.Contains("at most 0.01 below that of 'default'", report.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Significantly_worse_point_is_not_recommended_within_the_tolerance()
    {
        // Each of 20 queries loses 0.005: p = 2 / 2^20.
        var report = Create(everyQuery: true, ("default", 0.5, 5), ("4", 0.495, 1));
        Assert.True(report.Recommended.IsBaseline);
        Assert.InRange(report.Rows[1].PValue!.Value, 0, 1e-4);
        Assert.Null(report.Baseline.PValue);
    }

    [Fact]
    public void P_values_are_corrected_for_the_number_of_points()
    {
        var one = Create(everyQuery: true, ("default", 0.5, 5), ("4", 0.495, 1)).Rows[1].PValue;
        var two = Create(everyQuery: true, ("default", 0.5, 5), ("4", 0.495, 1), ("8", 0.495, 1)).Rows[1].PValue;
        Assert.Equal(2 * one!.Value, two!.Value, 12);
    }

    [Fact]
    public void One_query_gives_no_significance()
    {
        var report = SweepReport.Create(
            [CreateResult("default", [1.0], 5), CreateResult("4", [0.0], 1)], "default", SweepCost.Latency, 1);
        Assert.Equal(1, report.Rows[1].PValue);
        Assert.True(report.Rows[1].IsRecommended);
    }

    [Fact]
    public void Baseline_that_is_not_a_point_is_rejected() => Assert.StartsWith(
        "No point of the grid is named 'query-terms 9', which is to be the baseline. Points are named like 'default'",
        Assert.Throws<ArgumentException>(() => SweepReport.Create(
            [CreateResult("default", [1.0], 1)], "query-terms 9", SweepCost.Bytes, 0)).Message);

    [Fact]
    public void Tolerance_that_is_not_a_number_is_rejected() => Assert.Throws<ArgumentOutOfRangeException>(
        () => SweepReport.Create([CreateResult("default", [1.0], 1)], "default", SweepCost.Bytes, double.NaN));

    private static SweepReport Create(params (string Terms, double Ndcg, double Cost)[] points) =>
        Create(everyQuery: false, points);

    // The difference to 0.5 is that of every query, or of the first one alone.
    private static SweepReport Create(bool everyQuery, params (string Terms, double Ndcg, double Cost)[] points) =>
        SweepReport.Create(
            [.. points.Select(point => CreateResult(
                point.Terms,
                [.. Enumerable.Range(0, Queries).Select(query => everyQuery ? point.Ndcg
                    : query == 0 ? 0.5 + (Queries * (point.Ndcg - 0.5)) : 0.5)],
                point.Cost))],
            "default", SweepCost.Latency, tolerance: 0.01);

    private static SweepResult CreateResult(string terms, double[] ndcg, double cost) => new(
        terms == "default" ? new() : Dial.Find("query-terms").Set(new(), terms),
        new(new(ndcg.Average(), 0, 0, 0), ndcg, IndexBytes: 1, TermsPerDocument: 1, TermsPerQuery: 1),
        new(cost, cost, cost));
}
