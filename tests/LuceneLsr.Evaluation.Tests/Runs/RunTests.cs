using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Tests.Runs;

public sealed class RunTests
{
    [Fact]
    public void A_run_collects_what_a_search_finds()
    {
        var run = Run.Collect([new("q1", "wing"), new("q2", "tail")], text => Rankings.Of($"d-{text}"));
        Assert.Equal(["q1", "q2"], run.QueryIds);
        Assert.Equal(Rankings.Of("d-tail"), run.Ranking("q2"));
    }

    [Fact]
    public void A_run_collects_what_a_ranker_finds()
    {
        using var index = new Bm25Index([("wings", "wing wing"), ("both", "wing tail"), ("bird", "bird")]);
        var run = index.CollectRun(
            [new("q1", "wing"), new("q2", "tail")], depth: 1, TestContext.Current.CancellationToken);
        Assert.Equal(index.Search("wing", 1), run.Ranking("q1"));
        Assert.Equal(index.Search("tail", 1), run.Ranking("q2"));
    }

    [Fact]
    public void An_unknown_query_has_an_empty_ranking() => Assert.Empty(Rankings.RunOf("q").Ranking("other"));

    [Fact]
    public void Equal_scores_are_fine() =>
        Assert.Equal(2, Rankings.RunOf("q", new("a", 1), new("b", 1)).Ranking("q").Count);

    [Fact]
    public void A_document_may_not_stand_twice() =>
        Assert.Throws<ArgumentException>(() => Rankings.RunOf("q", new("a", 2), new("a", 1)));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, double.NaN)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, double.NegativeInfinity)]
    public void Scores_are_finite_and_do_not_rise(double first, double second) =>
        Assert.Throws<ArgumentException>(() => Rankings.RunOf("q", new("a", first), new("b", second)));
}
