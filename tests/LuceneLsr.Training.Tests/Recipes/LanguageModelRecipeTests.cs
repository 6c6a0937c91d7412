using LuceneLsr.TestSupport;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Recipes;

public sealed class LanguageModelRecipeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_reads_every_field()
    {
        var recipe = Load(RecipeJson.LanguageModel);
        Assert.Equal((300, 8, 4, 128), (recipe.Steps, recipe.BatchSize, recipe.Accumulation, recipe.SequenceLength));
        Assert.Equal(
            (LanguageModelObjective.Adaptation, 0.15, 10, 3),
            (recipe.Objective, recipe.MaskedShare, recipe.SaveEvery, recipe.Seed));
        Assert.Equal((4, 0.2), (recipe.Lora!.Rank, recipe.Lora.Dropout));
        Assert.Equal((5, 2), (recipe.Optimizer.WarmupSteps, recipe.Optimizer.GradientClip));
        Assert.Equal(["a", "b.jsonl.gz"], recipe.Texts);
    }

    [Fact]
    public void Load_without_masked_share_masks_a_fifth() =>
        Assert.Equal(0.2, Load(JsonMutations.With(RecipeJson.LanguageModel, "masked_share", null)).MaskedShare);

    [Theory]
    [InlineData("steps", "0", "steps must be positive.")]
    [InlineData("batch_size", "0", "batch_size must be positive.")]
    [InlineData("sequence_length", "1", "sequence_length must be at least 2")]
    [InlineData("masked_share", "0", "masked_share must be above 0 and below 1")]
    [InlineData("masked_share", "1", "masked_share must be above 0 and below 1")]
    [InlineData("texts", "[]", "texts must not be empty.")]
    [InlineData("texts", "[null]", "texts[0] must not be blank.")]
    [InlineData("texts", "[\"a\", \" \"]", "texts[1] must not be blank.")]
    [InlineData("optimizer.warmup_steps", "300", "optimizer.warmup_steps must be at least 0 and below steps")]
    [InlineData("lora.rank", "0", "lora.rank must be positive.")]
    public void Load_of_an_invalid_setting_reports_file_and_field(string field, string value, string rule) =>
        Assert.StartsWith(
            $"{_folder.File("recipe.json")}: {rule}",
            Assert.Throws<InvalidDataException>(() => Load(RecipeJson.LanguageModel, $"{field}={value}")).Message,
            StringComparison.Ordinal);

    private LanguageModelRecipe Load(string json, params string[] overrides) =>
        RecipeFile.Load<LanguageModelRecipe>(_folder.Write("recipe.json", json), overrides);
}
