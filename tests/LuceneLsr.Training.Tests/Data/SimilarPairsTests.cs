using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

public class SimilarPairsTests
{
    [Fact]
    public void First_pair_is_joined_by_the_most_similar_ones()
    {
        var batches = Group(2, ("red wine", "grapes"), ("green tea", "leaves"), ("reds", "wines"), ("tea", "green"));
        Assert.Equal([["red wine", "reds"], ["green tea", "tea"]], batches);
    }

    /// <summary>Each pair has "bird", so the word distinguishes none of them.</summary>
    [Fact]
    public void Words_of_all_pairs_do_not_make_pairs_similar() => Assert.Equal(
        [["bird bird song", "song"], ["bird bird", "egg"]],
        Group(2, ("bird bird song", "bird"), ("bird bird", "bird"), ("song", "bird"), ("egg", "bird")));

    [Theory]
    [InlineData(7, 3, 2)]
    [InlineData(6, 3, 2)]
    [InlineData(2, 3, 1)]
    public void Batches_are_full_unless_there_are_too_few_pairs(int pairs, int size, int batches)
    {
        var grouped = Group(size, [.. Enumerable.Range(0, pairs).Select(number => ($"q{number}", $"d{number}"))]);
        Assert.Equal(batches, grouped.Count);
        Assert.All(grouped, batch => Assert.Equal(Math.Min(size, pairs), batch.Distinct().Count()));
        Assert.Equal(grouped.Sum(batch => batch.Count), grouped.SelectMany(batch => batch).Distinct().Count());
    }

    /// <summary>Stop words only.</summary>
    [Fact]
    public void Pairs_without_terms_are_grouped_in_order() =>
        Assert.Equal([["the", "a"]], Group(2, ("the", "of"), ("a", "to"), ("it", "is")));

    private static List<List<string>> Group(int size, params (string Query, string Document)[] pairs) =>
        SimilarPairs.Group([.. pairs.Select(pair => new TrainingPair(pair.Query, pair.Document, []))], size)
            .ConvertAll(batch => batch.ConvertAll(pair => pair.Query));
}
