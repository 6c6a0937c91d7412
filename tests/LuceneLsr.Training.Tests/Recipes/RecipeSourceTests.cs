using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Recipes;

public class RecipeSourceTests
{
    [Theory]
    [InlineData(PairKind.Judged, 10, null)]
    [InlineData(PairKind.Sentences, 10, null)]
    [InlineData(PairKind.Pairs, 100, null)]
    [InlineData(PairKind.Triples, 1, null)]
    [InlineData(PairKind.Judged, 100, "scores.tsv")]
    public void Validate_accepts_as_many_negatives_as_the_kind_of_source_provides(
        PairKind kind, int negatives, string? scores) =>
        TinyRecipe.Contrastive(new RecipeSource("a", kind, 1, negatives, scores)).Validate();

    [Theory]
    [InlineData(PairKind.Judged, -1, null, "sources[0].negatives must not be negative")]
    [InlineData(PairKind.Pairs, -1, null, "sources[0].negatives must not be negative")]
    [InlineData(PairKind.Judged, RecipeSource.MaxMinedNegatives + 1, null, "[0].negatives must be at most 10")]
    [InlineData(PairKind.Titles, RecipeSource.MaxMinedNegatives + 1, null, "[0].negatives must be at most 10")]
    [InlineData(PairKind.Sentences, RecipeSource.MaxMinedNegatives + 1, null, "[0].negatives must be at most 10")]
    [InlineData(PairKind.Titles, 1, "scores.tsv", "sources[0].scores needs kind judged")]
    [InlineData(PairKind.Sentences, 1, "scores.tsv", "sources[0].scores needs kind judged")]
    [InlineData(PairKind.Pairs, 1, "scores.tsv", "sources[0].scores needs kind judged")]
    [InlineData(PairKind.Triples, 1, "scores.tsv", "sources[0].scores needs kind judged")]
    [InlineData(PairKind.Judged, 0, "scores.tsv", "and negatives above 0")]
    public void Validate_of_an_invalid_source_throws(PairKind kind, int negatives, string? scores, string problem) =>
        Assert.Contains(
            problem,
            Assert.Throws<InvalidDataException>(TinyRecipe.Contrastive(
                new RecipeSource("a", kind, 1, negatives, scores)).Validate).Message,
            StringComparison.Ordinal);
}
