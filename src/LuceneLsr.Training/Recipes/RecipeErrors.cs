using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace LuceneLsr.Training.Recipes;

/// <summary>Rewrites errors of System.Text.Json, which name .NET types, in terms of recipe fields.</summary>
internal static partial class RecipeErrors
{
    /// <summary>Describes what is wrong with which field.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="fields">The JSON that was read.</param>
    /// <param name="recipe">The type of the recipe.</param>
    /// <param name="options">The options that it was read with.</param>
    public static string Describe(
        JsonException exception, JsonObject fields, Type recipe, JsonSerializerOptions options)
    {
        var path = exception.Path?.TrimStart('$', '.') ?? "";
        var field = path.Length == 0 ? "the recipe" : $"field '{path}'";
        if (MissingFields().Match(exception.Message) is { Success: true } missing)
        {
            return $"{field} must have {missing.Groups["names"].Value}.";
        }

        if (UnknownField().Match(exception.Message) is { Success: true } unknown)
        {
            var name = unknown.Groups["name"].Value;
            return $"unknown field '{(path.EndsWith(name, StringComparison.Ordinal) ? path : $"{path}.{name}")}'. "
                + "Correct its name, or remove it.";
        }

        string[] steps = [.. Step().Matches(path).Select(step => step.Value)];
        var value = steps.Aggregate((JsonNode?)fields, RecipeOverride.GetChild)?.ToJsonString() ?? "null";
        return $"{field} is {value}, but must be {DescribeType(ResolveType(recipe, steps, options), options)}.";
    }

    private static Type ResolveType(Type recipe, IEnumerable<string> steps, JsonSerializerOptions options)
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

    private static string DescribeType(Type type, JsonSerializerOptions options) => GetKind(type, options) switch
    {
        JsonTypeInfoKind.Object => "an object",
        JsonTypeInfoKind.Enumerable => "an array",
        _ when type.IsEnum => string.Join(" or ", Enum.GetValues(type).Cast<object>()
            .Select(value => JsonSerializer.Serialize(value, type, options))),
        _ when type == typeof(int) => "an integer below 2^31",
        _ when type == typeof(double) => "a number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(string) => "a string",
        _ => "one value for both sides, or {\"query\": …, \"document\": …}",
    };

    private static JsonTypeInfoKind GetKind(Type type, JsonSerializerOptions options) => options.GetTypeInfo(type).Kind;

    [GeneratedRegex(@"missing required properties including: (?<names>.+)\.$")]
    private static partial Regex MissingFields();

    [GeneratedRegex("property '(?<name>.+)' could not be mapped")]
    private static partial Regex UnknownField();

    [GeneratedRegex(@"[^.\[\]]+")]
    private static partial Regex Step();
}
