using CsCheck;
using LuceneLsr.Evaluation.Fusion;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Tests.Fusion;

public sealed class ScoreFusionTests
{
    private static readonly Gen<IReadOnlyList<ScoredDocument>> Ranking =
        Gen.Select(Gen.Int[0, 20].HashSet[0, 8], Gen.Int[-9, 9].Array[8], (documents, scores) =>
            (IReadOnlyList<ScoredDocument>)
            [
                .. documents.Zip(scores.OrderDescending(), (number, score) => new ScoredDocument($"d{number}", score)),
            ]);

    [Fact]
    public void Hand_worked_example()
    {
        // First: mean 2, deviation 1, so z = 1, -1. Second: mean 20, deviation sqrt(200/3), so z = 1.2247, 0, -1.2247.
        var fused = ScoreFusion.Fuse(
            [new("a", 3), new("b", 1)],
            [new("c", 30), new("b", 20), new("a", 10)]);
        Assert.Equal(["c", "a", "b"], fused.Select(document => document.DocumentId));
        Assert.Equal([0.112372, -0.112372, -0.5], fused.Select(document => Math.Round(document.Score, 6)));
    }

    [Fact]
    public void Constant_scores_say_nothing_and_ties_stand_by_id() => Assert.Equal(
        [new("B", 0), new("a", 0), new("b", 0), new("c", 0)],
        ScoreFusion.Fuse([new("c", 0.1), new("a", 0.1), new("b", 0.1)], [new("B", 7)]));

    [Fact]
    public void An_empty_ranking_leaves_the_order_of_the_other() => Ranking.Sample(ranking => Assert.Equal(
        ranking.OrderByDescending(document => document.Score)
            .ThenBy(document => document.DocumentId, StringComparer.Ordinal)
            .Select(document => document.DocumentId),
        ScoreFusion.Fuse(ranking, []).Select(document => document.DocumentId)));

    [Fact]
    public void Exchanging_both_sides_changes_nothing() => Gen.Select(Ranking, Ranking, Gen.Double[0, 1])
        .Sample((first, second, weight) => AssertSame(
            ScoreFusion.Fuse(first, second, weight), ScoreFusion.Fuse(second, first, 1 - weight)));

    [Fact]
    public void Shift_and_scale_of_scores_change_nothing() => Gen.Select(Ranking, Ranking)
        .Sample((first, second) => AssertSame(
            ScoreFusion.Fuse(first, second),
            ScoreFusion.Fuse([.. first.Select(hit => hit with { Score = (3 * hit.Score) + 7 })], second)));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_weight_is_0_to_1(double weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreFusion.Fuse([], [], weight));

    [Fact]
    public void What_follows_the_depth_takes_no_part()
    {
        var ranking = Rankings.Of(Enumerable.Range(0, ScoreFusion.Depth + 5).Select(number => $"d{number}"));
        Assert.Equal(ScoreFusion.Depth, ScoreFusion.Fuse(ranking, []).Count);
    }

    [Fact]
    public void Runs_are_fused_over_the_queries_of_both()
    {
        var fused = ScoreFusion.Fuse(
            Rankings.RunOf("q1", Rankings.Of("a", "b")), Rankings.RunOf("q2", Rankings.Of("c", "a")));
        Assert.Equal(["q1", "q2"], fused.QueryIds);
        Assert.Equal(["c", "a"], fused.Ranking("q2").Select(document => document.DocumentId));
    }

    private static void AssertSame(IReadOnlyList<ScoredDocument> expected, IReadOnlyList<ScoredDocument> actual)
    {
        var scores = actual.ToDictionary(document => document.DocumentId, document => document.Score);
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected, document => Assert.Equal(document.Score, scores[document.DocumentId], 1e-9));
    }
}
