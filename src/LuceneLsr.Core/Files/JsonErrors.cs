using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace LuceneLsr.Files;

/// <summary>Rewrites errors of System.Text.Json, which name .NET types, in terms of the fields.</summary>
internal static partial class JsonErrors
{
    private const int MaxValueLength = 200;

    /// <summary>Describes what is wrong with which field.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="json">The JSON that was read; valid in its syntax.</param>
    /// <param name="type">The type that it was read as.</param>
    /// <param name="options">The options that it was read with.</param>
    /// <param name="source">What the JSON is.</param>
    public static string Describe(
        JsonException exception, JsonElement json, Type type, JsonSerializerOptions options, string source = "the file")
    {
        var path = exception.Path?.TrimStart('$', '.') ?? "";
        var field = path.Length == 0 ? source : $"field '{path}'";
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
        var value = steps.Aggregate((JsonElement?)json, GetChild);
        var text = TextExcerpt.Shorten(value?.GetRawText() ?? "null", MaxValueLength);
        var expected = ResolveType(type, steps, options);
        return expected == typeof(string) && value?.ValueKind == JsonValueKind.String
            ? $"{field} is {text}, which has half of a surrogate pair. Remove it, or add the other half."
            : $"{field} is {text}, but must be {DescribeType(expected, options)}.";
    }

    /// <summary>Describes an error of syntax, with the line and the byte counted from 1.</summary>
    public static string DescribeSyntax(JsonException exception)
    {
        var position = Position().Match(exception.Message);
        return position.Success && exception is { LineNumber: { } line, BytePositionInLine: { } @byte }
            ? $"not valid JSON in line {line + 1}, byte {@byte + 1}: {exception.Message[..position.Index]}"
            : $"not valid JSON: {exception.Message}";
    }

    private static JsonElement? GetChild(JsonElement? parent, string step) => parent?.ValueKind switch
    {
        JsonValueKind.Object when parent.Value.TryGetProperty(step, out var field) => field,
        JsonValueKind.Array when int.TryParse(step, out var index) && index < parent.Value.GetArrayLength() =>
            parent.Value[index],
        _ => null,
    };

    private static Type ResolveType(Type root, IEnumerable<string> steps, JsonSerializerOptions options)
    {
        var comparison = options.PropertyNameCaseInsensitive
            ? StringComparison.OrdinalIgnoreCase
            : StringComparison.Ordinal;
        var type = root;
        foreach (var step in steps)
        {
            var info = options.GetTypeInfo(type);
            type = info.Kind == JsonTypeInfoKind.Enumerable
                ? info.ElementType!
                : info.Properties.Single(property => string.Equals(property.Name, step, comparison)).PropertyType;
        }

        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private static string DescribeType(Type type, JsonSerializerOptions options) => GetKind(type, options) switch
    {
        JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
        JsonTypeInfoKind.Enumerable => "an array",
        _ when type.IsEnum => string.Join(" or ", Enum.GetValues(type).Cast<object>()
            .Select(value => JsonSerializer.Serialize(value, type, options))),
        _ when type == typeof(int) => "an integer below 2^31",
        _ when type == typeof(double) || type == typeof(float) => "a number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(string) => "a string",
        _ when type.IsGenericType =>
            $"{DescribeType(type.GenericTypeArguments[0], options)}, or {{\"query\": …, \"document\": …}}",
        _ => "another value",
    };

    private static JsonTypeInfoKind GetKind(Type type, JsonSerializerOptions options) => options.GetTypeInfo(type).Kind;

    [GeneratedRegex(@"missing required properties including: (?<names>.+)\.$")]
    private static partial Regex MissingFields();

    [GeneratedRegex("property '(?<name>.+)' could not be mapped")]
    private static partial Regex UnknownField();

    [GeneratedRegex(@" LineNumber: \d+ \| BytePositionInLine: \d+\.$")]
    private static partial Regex Position();

    [GeneratedRegex(@"[^.\[\]]+")]
    private static partial Regex Step();
}
