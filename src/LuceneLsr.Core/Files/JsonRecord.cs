using System.Text.Json;

namespace LuceneLsr.Files;

/// <summary>One object of a JSONL file, with text fields that name file and line where they are at fault.</summary>
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
    /// The share of the file's bytes that is read with this record, 0 to 1, or a buffer more; 0 in a pipe, whose length
    /// is unknown.
    /// </summary>
    public double FractionRead => _line.FractionRead;

    /// <summary>Reads one line.</summary>
    /// <exception cref="InvalidDataException">The line is no JSON object.</exception>
    public static JsonRecord Parse(TextLine line)
    {
        var fields = ParseElement(line);
        return fields.ValueKind == JsonValueKind.Object
            ? new JsonRecord(line, fields)
            : throw line.CreateError($"a JSON object {{...}} is expected, this is a JSON {fields.ValueKind}.");
    }

    /// <summary>The text of a field that has to be there.</summary>
    /// <exception cref="InvalidDataException">The field is missing, null, or no string.</exception>
    public string GetText(string field) => Find(field) ?? throw CreateError($"field \"{field}\" is missing; add it.");

    /// <summary>The text of a field, empty where the field is missing or null.</summary>
    /// <exception cref="InvalidDataException">The field is no string.</exception>
    public string GetTextOrEmpty(string field) => Find(field) ?? "";

    /// <summary>The texts of a field that holds an array, none where the field is missing or null.</summary>
    /// <exception cref="InvalidDataException">The field is no array of strings.</exception>
    public IReadOnlyList<string> GetTexts(string field) => FindArray(field) is { } items
        ? [.. items.Select(item => AsText(field, item))]
        : [];

    /// <summary>The numbers of a field that holds an array; null where the field is missing or null.</summary>
    /// <exception cref="InvalidDataException">The field is no array of finite numbers.</exception>
    public IReadOnlyList<float>? GetNumbers(string field) => FindArray(field) is { } items
        ? [.. items.Select(item => AsNumber(field, item))]
        : null;

    /// <summary>The exception for a fault in this record: its message starts with file and line.</summary>
    public InvalidDataException CreateError(string problem) => _line.CreateError(problem);

    private static JsonElement ParseElement(TextLine line)
    {
        try
        {
            return JsonElement.Parse(line.Text);
        }
        catch (JsonException exception)
        {
            throw line.CreateError($"broken JSON, one whole object a line is expected. {exception.Message}", exception);
        }
    }

    private string? Find(string field) =>
        FindValue(field) is { } value ? AsText(field, value) : null;

    private JsonElement.ArrayEnumerator? FindArray(string field) => FindValue(field) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } value => value.EnumerateArray(),
        { } value => throw CreateError($"field \"{field}\" is a JSON {value.ValueKind}; make it an array."),
    };

    private JsonElement? FindValue(string field) =>
        _fields.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string AsText(string field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw CreateError($"field \"{field}\" is a JSON {value.ValueKind}; make it a string.");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException) // half a surrogate pair
        {
            throw CreateError($"field \"{field}\" is no valid Unicode text; mend its \\u escapes.");
        }
    }

    private float AsNumber(string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && float.IsFinite(number)
            ? number
            : throw CreateError($"field \"{field}\" holds {value.GetRawText()}; make it a finite number.");
}
