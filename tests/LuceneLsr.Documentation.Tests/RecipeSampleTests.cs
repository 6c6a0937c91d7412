using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Documentation.Tests.Pages;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Documentation.Tests;

/// <summary>The recipes that docs/training.md shows.</summary>
public sealed class RecipeSampleTests : IDisposable
{
    private static readonly MarkdownPage Page = Repository.GetPage("docs/training.md");
    private static readonly string Sample = Page.Blocks.Single(block => block.Language == "jsonc").Code;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Gets the parts of recipes that the page shows.</summary>
    public static TheoryData<string> Parts =>
        [.. Page.Blocks.Where(block => block.Language == "json").Select(block => block.Code)];

    [Fact]
    public void Recipe_sample_shows_every_field() => Assert.Equal(
        Fields(JsonNode.Parse(RecipeFile.ToJson(Load(Sample)))!), Fields(Parse(Sample)));

    [Theory]
    [InlineData("")]
    [InlineData("optimizer")]
    public void Recipe_field_is_marked_required_or_shows_its_default(string parent)
    {
        var whole = RecipeFile.ToJson(Load(Sample));
        foreach (var name in Child(Parse(Sample), parent).Select(field => field.Key).ToArray())
        {
            var recipe = Parse(Sample);
            Child(recipe, parent).Remove(name);
            var line = Sample.Split('\n').First(line => line.Contains($"\"{name}\":", StringComparison.Ordinal));
            if (line.Contains("required", StringComparison.Ordinal))
            {
                Assert.Throws<InvalidDataException>(() => Load(recipe.ToJsonString()));
            }
            else
            {
                Assert.Equal(whole, RecipeFile.ToJson(Load(recipe.ToJsonString())));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Part_of_a_recipe_changes_a_whole_recipe(string part)
    {
        var recipe = Parse(Sample);
        recipe["sources"]![0]!["scores"] = "scores.tsv"; // a part may need a teacher
        var before = RecipeFile.ToJson(Load(recipe.ToJsonString()));
        foreach (var (name, value) in Parse($"{{{part}}}"))
        {
            recipe[name] = value?.DeepClone();
        }

        Assert.NotEqual(before, RecipeFile.ToJson(Load(recipe.ToJsonString())));
    }

    public void Dispose() => _folder.Dispose();

    private static JsonObject Child(JsonObject recipe, string parent) =>
        parent.Length == 0 ? recipe : recipe[parent]!.AsObject();

    private static JsonObject Parse(string json) =>
        JsonNode.Parse(json, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip })!
            .AsObject();

    private static IEnumerable<string> Fields(JsonNode recipe) => recipe.AsObject().Select(field => field.Key)
        .Concat(recipe["optimizer"]!.AsObject().Select(field => field.Key))
        .Concat(recipe["sources"]![0]!.AsObject().Select(field => field.Key)).Order();

    private ContrastiveRecipe Load(string json) =>
        RecipeFile.Load<ContrastiveRecipe>(_folder.Write("sample.json", json));
}
