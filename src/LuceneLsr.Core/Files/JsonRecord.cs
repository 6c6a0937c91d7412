using System.Text.Json;

namespace LuceneLsr.Files;

/// <summary>An object of a JSONL file. Errors name the file, the line and the field.</summary>
public sealed class JsonRecord
{
    private readonly TextLine _line;
    private readonly JsonElement _fields;

    private JsonRecord(TextLine line, JsonElement fields)
    {
        _line = line;
        _fields = fields;
    }

    /// <summary>
    /// Gets the fraction of the file's bytes read so far, from 0 to 1. It is ahead of this record by at most one
    /// buffer, and 0 if the length is unknown, as for a pipe.
    /// </summary>
    public double FractionRead => _line.FractionRead;

    /// <summary>Gets a required string.</summary>
    /// <exception cref="InvalidDataException">The field is missing, null, or not a string.</exception>
    public string GetText(string field) => FindText(field) ?? throw CreateError($"field \"{field}\" is missing.");

    /// <summary>Gets a string, or the empty string if the field is missing or null.</summary>
    /// <exception cref="InvalidDataException">The field is not a string.</exception>
    public string GetTextOrEmpty(string field) => FindText(field) ?? "";

    /// <summary>Gets an id: a required string, or a number as it is written.</summary>
    /// <exception cref="InvalidDataException">The field is missing, or neither a string nor a number.</exception>
    public string GetId(string field)
    {
        var id = Find(field, JsonValueKind.String, JsonValueKind.Number)
            ?? throw CreateError($"field \"{field}\" is missing.");
        return id.ValueKind == JsonValueKind.Number ? id.GetRawText() : GetText(field);
    }

    /// <summary>Gets an array of strings, empty if the field is missing or null.</summary>
    /// <exception cref="InvalidDataException">The field is not an array of strings.</exception>
    internal IReadOnlyList<string> GetTexts(string field) => FindArray(field) is { } items
        ? [.. items.Select(item => ToText(field, item))]
        : [];

    /// <summary>Gets an array of numbers, or null if the field is missing or null.</summary>
    /// <exception cref="InvalidDataException">The field is not an array of finite numbers.</exception>
    internal IReadOnlyList<float>? GetNumbers(string field) => FindArray(field) is { } items
        ? [.. items.Select(item => ToNumber(field, item))]
        : null;

    /// <summary>Creates an exception whose message starts with the file and the line number.</summary>
    internal InvalidDataException CreateError(string problem) => _line.CreateError(problem);

    /// <summary>Parses a line.</summary>
    /// <exception cref="InvalidDataException">The line is not a JSON object.</exception>
    internal static JsonRecord Parse(TextLine line)
    {
        var fields = ParseElement(line);
        return fields.ValueKind == JsonValueKind.Object
            ? new JsonRecord(line, fields)
            : throw line.CreateError($"expected a JSON object, found a JSON {fields.ValueKind}.");
    }

    /// <summary>Gets a field of one of several kinds, or null if it is missing.</summary>
    /// <exception cref="InvalidDataException">The field is of another kind, such as null.</exception>
    internal JsonElement? Find(string field, params ReadOnlySpan<JsonValueKind> kinds) =>
        !_fields.TryGetProperty(field, out var value) ? null
        : kinds.Contains(value.ValueKind) ? value
        : throw CreateError(
            $"field \"{field}\" is a JSON {value.ValueKind}, expected {string.Join(" or ", kinds.ToArray())}.");

    private static JsonElement ParseElement(TextLine line)
    {
        try
        {
            return JsonElement.Parse(line.Text);
        }
        catch (JsonException exception)
        {
            var reason = exception.Message.Split(" LineNumber: ")[0]; // a line within this line
            throw line.CreateError(
                $"malformed JSON at byte {exception.BytePositionInLine + 1}, expected one object per line. {reason}",
                exception);
        }
    }

    private string? FindText(string field) => _fields.GetOptional(field) is { } value ? ToText(field, value) : null;

    private JsonElement.ArrayEnumerator? FindArray(string field) =>
        _fields.GetOptional(field) is null ? null : Find(field, JsonValueKind.Array)!.Value.EnumerateArray();

    private string ToText(string field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw CreateError($"field \"{field}\" is a JSON {value.ValueKind}, expected String.");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException) // a lone surrogate
        {
            throw CreateError($"field \"{field}\" is not valid Unicode. Fix its \\u escapes.");
        }
    }

    private float ToNumber(string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && float.IsFinite(number)
            ? number
            : throw CreateError($"field \"{field}\" contains {value.GetRawText()}, expected a finite number.");
}
