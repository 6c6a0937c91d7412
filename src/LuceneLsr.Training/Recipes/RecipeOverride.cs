using System.Text.Json;
using System.Text.Json.Nodes;

namespace LuceneLsr.Training.Recipes;

/// <summary>Sets single fields of a recipe.</summary>
internal static class RecipeOverride
{
    /// <summary>Sets one.</summary>
    /// <param name="recipe">The recipe's fields.</param>
    /// <param name="text">As in "optimizer.layer_learning_rate=1e-4" or "sources.0.share=2".</param>
    /// <exception cref="InvalidDataException">It is not of this form, or nothing is there to change.</exception>
    public static void Apply(JsonObject recipe, string text)
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
            at = Child(at, step) ?? throw Missing(text, step);
        }

        if (at is JsonObject parent)
        {
            parent[steps[^1]] = Value(parts[1]);
        }
        else if (at is JsonArray list && Index(list, steps[^1]) is { } index)
        {
            list[index] = Value(parts[1]);
        }
        else
        {
            throw Missing(text, steps[^1]);
        }
    }

    /// <summary>A field of an object, or an item of a list by its index; null where there is none.</summary>
    public static JsonNode? Child(JsonNode? at, string step) => at switch
    {
        JsonObject parent => parent[step],
        JsonArray list when Index(list, step) is { } index => list[index],
        _ => null,
    };

    private static int? Index(JsonArray list, string step) =>
        int.TryParse(step, out var index) && index >= 0 && index < list.Count ? index : null;

    private static JsonNode? Value(string text)
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

    private static InvalidDataException Missing(string text, string step) =>
        new($"'{text}': the recipe has no '{step}' to change.");
}
