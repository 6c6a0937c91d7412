using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Evaluation.Tests.Support;

namespace LuceneLsr.Evaluation.Tests.Runs;

public sealed class RunTests
{
    [Fact]
    public void Collect_gathers_the_rankings_of_a_search()
    {
        var run = Run.Collect([new("q1", "wing"), new("q2", "tail")], text => Rankings.Create($"d-{text}"));
        Assert.Equal(["q1", "q2"], run.QueryIds);
        Assert.Equal(Rankings.Create("d-tail"), run.GetRanking("q2"));
    }

    [Fact]
    public void Collect_run_gathers_the_rankings_of_a_ranker()
    {
        using var index = new Bm25Index([("wings", "wing wing"), ("both", "wing tail"), ("bird", "bird")]);
        var run = index.CollectRun(
            [new("q1", "wing"), new("q2", "tail")], depth: 1, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(index.Search("wing", 1), run.GetRanking("q1"));
        Assert.Equal(index.Search("tail", 1), run.GetRanking("q2"));
    }

    [Fact]
    public void Ranking_of_an_unknown_query_is_empty() => Assert.Empty(Rankings.CreateRun("q").GetRanking("other"));

    [Fact]
    public void Run_with_equal_scores_is_valid() =>
        Assert.Equal(2, Rankings.CreateRun("q", new("a", 1), new("b", 1)).GetRanking("q").Count);

    [Fact]
    public void Run_with_a_duplicate_document_throws() =>
        Assert.Throws<ArgumentException>(() => Rankings.CreateRun("q", new("a", 2), new("a", 1)));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, double.NaN)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, double.NegativeInfinity)]
    public void Run_with_scores_that_rise_or_are_not_finite_throws(double first, double second) =>
        Assert.Throws<ArgumentException>(() => Rankings.CreateRun("q", new("a", first), new("b", second)));
}
