using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>A pair with the negatives n1 to n9, whose scores are their numbers.</summary>
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
    public void So_many_negatives_are_drawn_or_all_and_none_twice(int count, int drawn)
    {
        var negatives = Pair.DrawNegatives(count, new Random(1)).Negatives;
        Assert.Equal(drawn, negatives.Distinct().Count());
        Assert.Equal(drawn, negatives.Count);
        Assert.Subset(Pair.Negatives.ToHashSet(), negatives.ToHashSet());
    }

    [Fact]
    public void Each_keeps_its_score_after_the_documents_own() => Assert.All(Enumerable.Range(0, 20), seed =>
    {
        var pair = Pair.DrawNegatives(4, new Random(seed));
        Assert.Equal(["n0", .. pair.Negatives], pair.TeacherScores!.Select(score => $"n{score}"));
    });

    [Fact]
    public void Every_negative_is_drawn_at_some_time() => Assert.Equal(
        Pair.Negatives,
        Enumerable.Range(0, 40).SelectMany(seed => Pair.DrawNegatives(2, new Random(seed)).Negatives)
            .Distinct().Order());

    [Fact]
    public void The_random_numbers_fix_the_choice() => Assert.Equal(
        Pair.DrawNegatives(4, new Random(3)).Negatives, Pair.DrawNegatives(4, new Random(3)).Negatives);

    [Fact]
    public void Without_negatives_there_are_no_scores()
    {
        var pair = Pair.DrawNegatives(0, new Random(1));
        Assert.Empty(pair.Negatives);
        Assert.Null(pair.TeacherScores);
    }

    [Fact]
    public void Without_scores_negatives_are_drawn_likewise()
    {
        var pair = (Pair with { TeacherScores = null }).DrawNegatives(4, new Random(3));
        Assert.Equal(Pair.DrawNegatives(4, new Random(3)).Negatives, pair.Negatives);
        Assert.Null(pair.TeacherScores);
    }
}
