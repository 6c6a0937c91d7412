using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Tests.Recipes;

/// <summary>The sample recipe in the documentation of the trainer.</summary>
public sealed class RecipeSampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _sample = ReadSample();

    [Fact]
    public void Sample_recipe_shows_every_field() => Assert.Equal(
        GetFields(JsonNode.Parse(RecipeFile.ToJson(Load(_sample)))!), GetFields(Parse(_sample)));

    /// <summary>Fields that the sample does not mark as required must have their default values.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("optimizer")]
    public void Sample_recipe_without_a_field_loads_equally_or_the_field_is_marked_required(string parent)
    {
        var whole = RecipeFile.ToJson(Load(_sample));
        foreach (var name in GetParent(Parse(_sample), parent).Select(field => field.Key).ToArray())
        {
            var recipe = Parse(_sample);
            GetParent(recipe, parent).Remove(name);
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

    private static JsonObject GetParent(JsonNode recipe, string parent) =>
        (parent.Length == 0 ? recipe : recipe[parent]!).AsObject();

    private static JsonNode Parse(string json) =>
        JsonNode.Parse(json, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip })!;

    private static IEnumerable<string> GetFields(JsonNode recipe) => recipe.AsObject().Select(field => field.Key)
        .Concat(recipe["optimizer"]!.AsObject().Select(field => field.Key))
        .Concat(recipe["sources"]![0]!.AsObject().Select(field => field.Key)).Order();

    private ContrastiveRecipe Load(string json) =>
        RecipeFile.Load<ContrastiveRecipe>(_folder.Write("sample.json", json));

    private static string ReadSample()
    {
        using var reader = new StreamReader(
            typeof(RecipeSampleTests).Assembly.GetManifestResourceStream("trainer.md")!);
        var readme = reader.ReadToEnd();
        var start = readme.IndexOf("```jsonc\n", StringComparison.Ordinal) + "```jsonc\n".Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
