using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

public sealed class RecipeTests : IDisposable
{
    private const string Full =
        """
        {"steps": 800, "batch_size": 32, "query_tokens": 48, "document_tokens": 160, "embedding_learning_rate": 3e-4,
         "layer_learning_rate": 6e-4, "temperature": 2.5, "warmup_steps": 30, "flops_weight": 0.01, "flops_ramp_steps": 270,
         "gradient_clip": 1,
         "seed": 7, "sources": [
           {"path": "a", "kind": "judged", "share": 0.5, "negatives": 3},
           {"path": "b", "kind": "titles", "share": 2},
           {"path": "c.jsonl", "kind": "sentences", "share": 1}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_field_is_read()
    {
        var recipe = Load(Full);
        Assert.Equal((800, 32, 48, 160), (recipe.Steps, recipe.BatchSize, recipe.QueryTokens, recipe.DocumentTokens));
        Assert.Equal(
            (3e-4, 6e-4, 2.5, 30),
            (recipe.EmbeddingLearningRate, recipe.LayerLearningRate, recipe.Temperature, recipe.WarmupSteps));
        Assert.Equal((0.01, 270, 1, 7), (recipe.FlopsWeight, recipe.FlopsRampSteps, recipe.GradientClip, recipe.Seed));
        Assert.Equal(
            [new("a", PairKind.Judged, 0.5, 3), new("b", PairKind.Titles, 2), new("c.jsonl", PairKind.Sentences, 1)],
            recipe.Sources);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var recipe = Load(Full);
        var again = Load(recipe.ToJson());
        Assert.Equal(recipe.Sources, again.Sources);
        Assert.Equal(recipe, again with { Sources = recipe.Sources });
    }

    [Theory]
    [InlineData("steps", "0")]
    [InlineData("steps", "1.5")]
    [InlineData("batch_size", "1")]
    [InlineData("query_tokens", "0")]
    [InlineData("document_tokens", "-1")]
    [InlineData("embedding_learning_rate", "0")]
    [InlineData("embedding_learning_rate", "1e999")]
    [InlineData("layer_learning_rate", "-1")]
    [InlineData("layer_learning_rate", "\"1\"")]
    [InlineData("temperature", "0")]
    [InlineData("temperature", "1e999")]
    [InlineData("warmup_steps", "-1")]
    [InlineData("warmup_steps", "800")]
    [InlineData("flops_weight", "-0.1")]
    [InlineData("flops_weight", "1e999")]
    [InlineData("flops_ramp_steps", "-1")]
    [InlineData("gradient_clip", "0")]
    [InlineData("gradient_clip", "1e999")]
    [InlineData("seed", "null")]
    [InlineData("sources", "null")]
    [InlineData("sources", "[]")]
    [InlineData("sources", "[null]")]
    [InlineData("sources", "\"scifact\"")]
    public void A_bad_value_is_refused_by_name(string field, string value) =>
        AssertRefused(JsonMutations.With(Full, field, value), field);

    [Theory]
    [InlineData("path", "null", "path")]
    [InlineData("path", null, "path")]
    [InlineData("kind", "\"triples\"", "kind")]
    [InlineData("kind", "1", "kind")]
    [InlineData("kind", null, "kind")]
    [InlineData("share", "0", "share")]
    [InlineData("share", "1e999", "share")]
    [InlineData("share", null, "share")]
    [InlineData("negatives", "-1", "negatives")]
    [InlineData("negatives", "11", "negatives")] // more than are mined
    [InlineData("negative", "3", "negative")]
    public void A_bad_source_is_refused(string field, string? value, string named) => AssertRefused(
        JsonMutations.With(Full, "sources",
            $"[{JsonMutations.With("""{"path": "a", "kind": "judged", "share": 1}""", field, value)}]"),
        named);

    [Fact]
    public void An_unknown_field_is_refused() =>
        AssertRefused(JsonMutations.With(Full, "learning_rate", "1"), "learning_rate");

    [Fact]
    public void A_temperature_may_be_left_out() =>
        Assert.Equal(1, Load(JsonMutations.With(Full, "temperature", null)).Temperature);

    [Fact]
    public void Any_other_missing_field_is_refused() => Assert.All(
        JsonNode.Parse(Full)!.AsObject().Select(member => member.Key).Except(["temperature"]),
        field => AssertRefused(JsonMutations.With(Full, field, null), field));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    public void What_is_no_object_is_refused(string json) => AssertRefused(json, "");

    [Fact]
    public void The_shipped_recipes_are_valid() => Assert.All(
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Recipes")),
        path => Assert.NotEmpty(Recipe.Load(path).Sources));

    private Recipe Load(string json) => Recipe.Load(_folder.Write("recipe.json", json));

    private void AssertRefused(string json, string named)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Load(json));
        Assert.StartsWith($"{_folder.File("recipe.json")}: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }
}
