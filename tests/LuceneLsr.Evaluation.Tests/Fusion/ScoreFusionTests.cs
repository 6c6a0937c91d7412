using CsCheck;
using LuceneLsr.Evaluation.Fusion;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Evaluation.Tests.Support;

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
    public void Fuse_matches_the_hand_worked_example()
    {
        // First: mean 2, deviation 1, so z = 1, -1. Second: mean 20, deviation sqrt(200/3), so z = 1.2247, 0, -1.2247.
        var fused = ScoreFusion.FuseRankings(
            [new("a", 3), new("b", 1)],
            [new("c", 30), new("b", 20), new("a", 10)]);
        Assert.Equal(["c", "a", "b"], fused.Select(document => document.DocumentId));
        Assert.Equal([0.112372, -0.112372, -0.5], fused.Select(document => Math.Round(document.Score, 6)));
    }

    [Fact]
    public void Fuse_of_constant_scores_is_zero_and_orders_ties_by_id() => Assert.Equal(
        [new("B", 0), new("a", 0), new("b", 0), new("c", 0)],
        ScoreFusion.FuseRankings([new("c", 0.1), new("a", 0.1), new("b", 0.1)], [new("B", 7)]));

    [Fact]
    public void Fuse_with_an_empty_ranking_keeps_the_order_of_the_other() => Ranking.Sample(ranking => Assert.Equal(
        ranking.OrderByDescending(document => document.Score)
            .ThenBy(document => document.DocumentId, StringComparer.Ordinal)
            .Select(document => document.DocumentId),
        ScoreFusion.FuseRankings(ranking, []).Select(document => document.DocumentId)));

    [Fact]
    public void Fuse_is_symmetric_when_the_weight_is_complemented() => Gen.Select(Ranking, Ranking, Gen.Double[0, 1])
        .Sample((first, second, weight) => AssertSame(
            ScoreFusion.FuseRankings(first, second, weight), ScoreFusion.FuseRankings(second, first, 1 - weight)));

    [Fact]
    public void Fuse_is_invariant_to_shift_and_scale_of_scores() => Gen.Select(Ranking, Ranking)
        .Sample((first, second) => AssertSame(
            ScoreFusion.FuseRankings(first, second),
            ScoreFusion.FuseRankings([.. first.Select(hit => hit with { Score = (3 * hit.Score) + 7 })], second)));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Fuse_with_a_weight_outside_0_to_1_throws(double weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreFusion.FuseRankings([], [], weight));

    [Fact]
    public void Fuse_ignores_documents_below_the_depth()
    {
        var ranking = Rankings.Create(Enumerable.Range(0, ScoreFusion.Depth + 5).Select(number => $"d{number}"));
        Assert.Equal(ScoreFusion.Depth, ScoreFusion.FuseRankings(ranking, []).Count);
    }

    [Fact]
    public void Fuse_of_runs_covers_the_queries_of_both()
    {
        var fused = ScoreFusion.Fuse(
            Rankings.CreateRun("q1", Rankings.Create("a", "b")), Rankings.CreateRun("q2", Rankings.Create("c", "a")));
        Assert.Equal(["q1", "q2"], fused.QueryIds);
        Assert.Equal(["c", "a"], fused.GetRanking("q2").Select(document => document.DocumentId));
    }

    private static void AssertSame(IReadOnlyList<ScoredDocument> expected, IReadOnlyList<ScoredDocument> actual)
    {
        var scores = actual.ToDictionary(document => document.DocumentId, document => document.Score);
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected, document => Assert.Equal(document.Score, scores[document.DocumentId], 1e-9));
    }
}
