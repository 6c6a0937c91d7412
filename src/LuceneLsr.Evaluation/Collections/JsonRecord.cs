using System.Text.Json;

namespace LuceneLsr.Evaluation.Collections;

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
    public double ReadShare => _line.ReadShare;

    /// <summary>The text of a field that has to be there.</summary>
    /// <exception cref="InvalidDataException">The field is missing, null, or no string.</exception>
    public string Required(string field) => Find(field) ?? throw Error($"field \"{field}\" is missing; add it.");

    /// <summary>The text of a field, empty where the field is missing or null.</summary>
    /// <exception cref="InvalidDataException">The field is no string.</exception>
    public string Optional(string field) => Find(field) ?? "";

    /// <summary>The exception for a fault in this record: its message starts with file and line.</summary>
    public InvalidDataException Error(string problem) => _line.Error(problem);

    internal static JsonRecord Parse(TextLine line)
    {
        var fields = ParseElement(line);
        return fields.ValueKind == JsonValueKind.Object
            ? new JsonRecord(line, fields)
            : throw line.Error($"a JSON object {{...}} is expected, this is a JSON {fields.ValueKind}.");
    }

    private static JsonElement ParseElement(TextLine line)
    {
        try
        {
            return JsonElement.Parse(line.Text);
        }
        catch (JsonException exception)
        {
            throw line.Error($"broken JSON, one whole object a line is expected. {exception.Message}", exception);
        }
    }

    private string? Find(string field)
    {
        if (!_fields.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String
            ? Text(field, value)
            : throw Error($"field \"{field}\" is a JSON {value.ValueKind}; make it a string.");
    }

    private string? Text(string field, JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException) // half a surrogate pair
        {
            throw Error($"field \"{field}\" is no valid Unicode text; mend its \\u escapes.");
        }
    }
}
