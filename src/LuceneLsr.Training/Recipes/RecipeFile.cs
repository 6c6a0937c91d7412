using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LuceneLsr.Encoding;

namespace LuceneLsr.Training.Recipes;

/// <summary>Recipes as JSON files, whose fields may be overridden one by one.</summary>
public static class RecipeFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new PerSideConverter(),
        },
        WriteIndented = true,
    };

    /// <summary>Reads a recipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">
    /// Fields in place of the file's, as in "optimizer.layer_learning_rate=1e-4" or "sources.0.share=2"; values are JSON, or
    /// plain strings.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The file or an override is not valid; the message names file and field.
    /// </exception>
    public static T Load<T>(string path, IEnumerable<string>? overrides = null)
        where T : RunRecipe
    {
        try
        {
            var node = JsonNode.Parse(
                File.ReadAllText(path), documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (node is not JsonObject recipe)
            {
                throw new InvalidDataException("a recipe is a JSON object.");
            }

            foreach (var text in overrides ?? [])
            {
                Override(recipe, text);
            }

            var loaded = recipe.Deserialize<T>(Json)!;
            loaded.Validate();
            return loaded;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>A recipe as it is read, every setting in full.</summary>
    public static string ToJson<T>(T recipe)
        where T : RunRecipe => JsonSerializer.Serialize(recipe, Json) + "\n";

    private static void Override(JsonObject recipe, string text)
    {
        var parts = text.Split('=', 2);
        var steps = parts[0].Split('.');
        if (parts.Length != 2 || steps.Any(string.IsNullOrWhiteSpace))
        {
            throw new InvalidDataException($"'{text}' is no override: write field=value, as in steps=100.");
        }

        JsonNode at = recipe;
        foreach (var step in steps[..^1])
        {
            at = Child(at, step) ?? throw new InvalidDataException($"'{text}': the recipe has no '{step}' to change.");
        }

        switch (at)
        {
            case JsonObject parent:
                parent[steps[^1]] = Value(parts[1]);
                break;
            case JsonArray list when int.TryParse(steps[^1], out var index) && index >= 0 && index < list.Count:
                list[index] = Value(parts[1]);
                break;
            default:
                throw new InvalidDataException($"'{text}': the recipe has no '{steps[^1]}' to change.");
        }
    }

    private static JsonNode? Child(JsonNode at, string step) => at switch
    {
        JsonObject parent => parent[step],
        JsonArray list when int.TryParse(step, out var index) && index >= 0 && index < list.Count => list[index],
        _ => null,
    };

    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
