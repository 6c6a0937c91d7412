using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace LuceneLsr.Training.Recipes;

/// <summary>Says in a recipe's terms what System.Text.Json says in those of .NET's types.</summary>
internal static partial class RecipeErrors
{
    /// <summary>What is wrong, by the field's name.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="fields">What was read.</param>
    /// <param name="recipe">What it was read as.</param>
    /// <param name="options">How.</param>
    public static string Describe(
        JsonException exception, JsonObject fields, Type recipe, JsonSerializerOptions options)
    {
        var path = exception.Path?.TrimStart('$', '.') ?? "";
        var field = path.Length == 0 ? "the recipe" : $"field '{path}'";
        if (Lacking().Match(exception.Message) is { Success: true } lacking)
        {
            return $"{field} lacks {lacking.Groups["names"].Value}.";
        }

        if (Unknown().Match(exception.Message) is { Success: true } unknown)
        {
            var name = unknown.Groups["name"].Value;
            return $"there is no field '{(path.EndsWith(name, StringComparison.Ordinal) ? path : $"{path}.{name}")}'. "
                + "Correct its name, or leave it out.";
        }

        string[] steps = [.. Step().Matches(path).Select(step => step.Value)];
        var value = steps.Aggregate((JsonNode?)fields, RecipeOverride.Child)?.ToJsonString() ?? "null";
        return $"{field} is {value}, but must be {Expected(TypeAt(recipe, steps, options), options)}.";
    }

    private static Type TypeAt(Type recipe, IEnumerable<string> steps, JsonSerializerOptions options)
    {
        var type = recipe;
        foreach (var step in steps)
        {
            var info = options.GetTypeInfo(type);
            type = info.Kind == JsonTypeInfoKind.Enumerable
                ? info.ElementType!
                : info.Properties.Single(property => property.Name == step).PropertyType;
        }

        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private static string Expected(Type type, JsonSerializerOptions options) => options.GetTypeInfo(type).Kind switch
    {
        JsonTypeInfoKind.Object => "an object",
        JsonTypeInfoKind.Enumerable => "a list",
        _ when type.IsEnum => string.Join(" or ", Enum.GetValues(type).Cast<object>()
            .Select(value => JsonSerializer.Serialize(value, type, options))),
        _ when type == typeof(int) => "a whole number below 2^31",
        _ when type == typeof(double) => "a number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(string) => "text",
        _ => "one value for both sides, or {\"query\": …, \"document\": …}",
    };

    [GeneratedRegex(@"missing required properties including: (?<names>.+)\.$")]
    private static partial Regex Lacking();

    [GeneratedRegex("property '(?<name>.+)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex(@"[^.\[\]]+")]
    private static partial Regex Step();
}
