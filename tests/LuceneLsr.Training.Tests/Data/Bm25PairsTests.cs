using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>
/// Up to twenty documents are about birds and one is about a stone. The first two are relevant to the only query.
/// </summary>
public class Bm25PairsTests
{
    private static readonly (string Id, string Text)[] Birds =
        [.. Enumerable.Range(0, 20).Select(number => ($"d{number}", $"a bird of kind {number}"))];

    private static readonly (string Id, string Text) Stone = ("stone", "granite");

    [Fact]
    public void Draw_returns_the_best_documents_that_are_not_relevant_as_negatives()
    {
        var pair = Draw([.. Birds, Stone]);
        Assert.Equal(("which bird", Birds[0].Text), (pair.Query, pair.Document));
        Assert.Equal(Birds[2..(2 + RecipeSource.MaxMinedNegatives)].Select(document => document.Text), pair.Negatives);
    }

    [Fact]
    public void Draw_never_returns_a_document_without_a_query_word_as_negative() => Assert.Equal(
        Birds[2..4].Select(document => document.Text), Draw([.. Birds[..4], Stone]).Negatives);

    private static TrainingPair Draw((string Id, string Text)[] documents)
    {
        using var pairs = new Bm25Pairs(new SingleQuery(documents));
        Assert.Equal(1, pairs.Count);
        return pairs.Draw(0, new Random(1));
    }

    private sealed class SingleQuery(IEnumerable<(string Id, string Text)> documents) : ICorpusPairs
    {
        public int Count => 1;

        public IEnumerable<(string Id, string Text)> Documents => documents;

        public TrainingPair Draw(int index, Random random) => new("which bird", Birds[0].Text, ["d0", "d1"]);
    }
}
