using System.Text.Json;
using System.Text.Json.Nodes;

namespace LuceneLsr.Training.Recipes;

/// <summary>Sets single fields of a recipe.</summary>
internal static class RecipeOverride
{
    /// <summary>Sets a field.</summary>
    /// <param name="recipe">The fields of the recipe.</param>
    /// <param name="text">The override, such as "optimizer.layer_learning_rate=1e-4" or "sources.0.share=2".</param>
    /// <exception cref="InvalidDataException">The override is malformed, or its field does not exist.</exception>
    public static void Apply(JsonObject recipe, string text)
    {
        var parts = text.Split('=', 2);
        var steps = parts[0].Split('.');
        if (parts.Length != 2 || steps.Any(string.IsNullOrWhiteSpace))
        {
            throw new InvalidDataException($"override '{text}' must have the form field=value, such as steps=100.");
        }

        switch (FindParent(recipe, steps, text))
        {
            case JsonObject parent:
                parent[steps[^1]] = ParseValue(parts[1]);
                break;
            case JsonArray list when FindIndex(list, steps[^1]) is { } index:
                list[index] = ParseValue(parts[1]);
                break;
            default:
                throw CreateError(text, steps);
        }
    }

    private static JsonNode FindParent(JsonObject recipe, string[] steps, string text)
    {
        JsonNode node = recipe;
        for (var depth = 0; depth < steps.Length - 1; depth++)
        {
            node = GetChild(node, steps[depth]) ?? throw CreateError(text, steps[..(depth + 1)]);
        }

        return node;
    }

    // A field of an object or the item at an index of an array, or null if it does not exist.
    private static JsonNode? GetChild(JsonNode? node, string step) => node switch
    {
        JsonObject parent => parent[step],
        JsonArray list when FindIndex(list, step) is { } index => list[index],
        _ => null,
    };

    private static int? FindIndex(JsonArray list, string step) =>
        int.TryParse(step, out var index) && index >= 0 && index < list.Count ? index : null;

    private static JsonNode? ParseValue(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: RecipeFile.Syntax);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static InvalidDataException CreateError(string text, string[] field) =>
        new($"override '{text}': the recipe has no field '{string.Join('.', field)}'.");
}
