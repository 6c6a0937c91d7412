using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>A pair with the negatives n1 to n9, which have the scores 1 to 9. The document has the score 0.</summary>
public class TrainingPairTests
{
    private static readonly TrainingPair Pair = new("q", "d", [])
    {
        Negatives = [.. Enumerable.Range(1, 9).Select(number => $"n{number}")],
        TeacherScores = [.. Enumerable.Range(0, 10).Select(number => (float)number)],
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(9, 9)]
    [InlineData(20, 9)]
    public void DrawNegatives_returns_up_to_count_distinct_negatives(int count, int drawn)
    {
        var negatives = Pair.DrawNegatives(count, new Random(1)).Negatives;
        Assert.Equal(drawn, negatives.Distinct().Count());
        Assert.Equal(drawn, negatives.Count);
        Assert.Subset(Pair.Negatives.ToHashSet(), negatives.ToHashSet());
    }

    [Fact]
    public void DrawNegatives_keeps_the_score_of_each_negative() => Assert.All(Enumerable.Range(0, 20), seed =>
    {
        var pair = Pair.DrawNegatives(4, new Random(seed));
        Assert.Equal(["n0", .. pair.Negatives], pair.TeacherScores!.Select(score => $"n{score}"));
    });

    [Fact]
    public void DrawNegatives_draws_every_negative_eventually() => Assert.Equal(
        Pair.Negatives,
        Enumerable.Range(0, 40).SelectMany(seed => Pair.DrawNegatives(2, new Random(seed)).Negatives)
            .Distinct().Order());

    [Fact]
    public void DrawNegatives_with_the_same_seed_draws_the_same_negatives() => Assert.Equal(
        Pair.DrawNegatives(4, new Random(3)).Negatives, Pair.DrawNegatives(4, new Random(3)).Negatives);

    [Fact]
    public void DrawNegatives_of_zero_drops_the_scores()
    {
        var pair = Pair.DrawNegatives(0, new Random(1));
        Assert.Empty(pair.Negatives);
        Assert.Null(pair.TeacherScores);
    }

    [Fact]
    public void DrawNegatives_without_scores_draws_the_same_negatives()
    {
        var pair = (Pair with { TeacherScores = null }).DrawNegatives(4, new Random(3));
        Assert.Equal(Pair.DrawNegatives(4, new Random(3)).Negatives, pair.Negatives);
        Assert.Null(pair.TeacherScores);
    }
}
