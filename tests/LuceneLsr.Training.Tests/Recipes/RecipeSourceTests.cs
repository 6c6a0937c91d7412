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
    public void A_source_has_as_many_negatives_as_it_can(PairKind kind, int negatives, string? scores) =>
        TinyRecipe.Contrastive(new RecipeSource("a", kind, 1, negatives, scores)).Validate();

    [Theory]
    [InlineData(PairKind.Judged, -1, null, "negatives must not be negative")]
    [InlineData(PairKind.Pairs, -1, null, "negatives must not be negative")]
    [InlineData(PairKind.Judged, RecipeSource.MaxMinedNegatives + 1, null, "negatives must be at most 10")]
    [InlineData(PairKind.Titles, RecipeSource.MaxMinedNegatives + 1, null, "negatives must be at most 10")]
    [InlineData(PairKind.Sentences, RecipeSource.MaxMinedNegatives + 1, null, "negatives must be at most 10")]
    [InlineData(PairKind.Titles, 1, "scores.tsv", "scores is a setting of a judged source")]
    [InlineData(PairKind.Sentences, 1, "scores.tsv", "scores is a setting of a judged source")]
    [InlineData(PairKind.Pairs, 1, "scores.tsv", "scores is a setting of a judged source")]
    [InlineData(PairKind.Triples, 1, "scores.tsv", "scores is a setting of a judged source")]
    [InlineData(PairKind.Judged, 0, "scores.tsv", "with negatives")]
    public void What_a_source_cannot_have_is_refused(PairKind kind, int negatives, string? scores, string problem) =>
        Assert.Contains(
            problem,
            Assert.Throws<InvalidDataException>(TinyRecipe.Contrastive(
                new RecipeSource("a", kind, 1, negatives, scores)).Validate).Message,
            StringComparison.Ordinal);
}
