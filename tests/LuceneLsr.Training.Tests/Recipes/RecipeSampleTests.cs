using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Tests.Recipes;

/// <summary>The recipe that the trainer's README shows.</summary>
public sealed class RecipeSampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _sample = Sample();

    [Fact]
    public void It_shows_every_field() => Assert.Equal(
        Fields(JsonNode.Parse(RecipeFile.ToJson(Load(_sample)))!), Fields(Parse(_sample)));

    /// <summary>Which fields a recipe cannot do without is told; the rest stand at their defaults.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("optimizer")]
    public void A_field_is_required_or_stands_at_its_default(string parent)
    {
        var whole = RecipeFile.ToJson(Load(_sample));
        foreach (var name in At(Parse(_sample), parent).Select(field => field.Key).ToArray())
        {
            var recipe = Parse(_sample);
            At(recipe, parent).Remove(name);
            var line = _sample.Split('\n').First(line => line.Contains($"\"{name}\":", StringComparison.Ordinal));
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

    public void Dispose() => _folder.Dispose();

    private static JsonObject At(JsonNode recipe, string parent) =>
        (parent.Length == 0 ? recipe : recipe[parent]!).AsObject();

    private static JsonNode Parse(string json) =>
        JsonNode.Parse(json, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip })!;

    private static IEnumerable<string> Fields(JsonNode recipe) => recipe.AsObject().Select(field => field.Key)
        .Concat(recipe["optimizer"]!.AsObject().Select(field => field.Key))
        .Concat(recipe["sources"]![0]!.AsObject().Select(field => field.Key)).Order();

    private ContrastiveRecipe Load(string json) =>
        RecipeFile.Load<ContrastiveRecipe>(_folder.Write("sample.json", json));

    private static string Sample()
    {
        using var reader = new StreamReader(
            typeof(RecipeSampleTests).Assembly.GetManifestResourceStream("trainer.md")!);
        var readme = reader.ReadToEnd();
        var start = readme.IndexOf("```jsonc\n", StringComparison.Ordinal) + "```jsonc\n".Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
