using System.Text.Json;

namespace LuceneLsr.Encoding.Tokenization;

/// <summary>Reads fields of a JSON file; what is not as expected is a <see cref="FormatException"/> that names it.</summary>
internal static class JsonFields
{
    /// <summary>Refuses a field by its name.</summary>
    /// <exception cref="FormatException">The rule does not hold.</exception>
    public static void Expect(bool holds, string field, string rule)
    {
        if (!holds)
        {
            throw new FormatException($"field '{field}': {rule}.");
        }
    }

    /// <summary>A member of one kind.</summary>
    public static JsonElement Field(this JsonElement node, string name, JsonValueKind kind)
    {
        JsonElement value = default;
        Expect(
            node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out value) && value.ValueKind == kind,
            name,
            $"it is missing or no {kind}");
        return value;
    }

    /// <summary>A member that may be missing or null.</summary>
    public static JsonElement? Optional(this JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text.</summary>
    public static string Text(this JsonElement node, string name) =>
        node.Field(name, JsonValueKind.String).GetString()!;

    /// <summary>The items of an array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement node, string name) =>
        node.Field(name, JsonValueKind.Array).EnumerateArray();

    /// <summary>Whether a member is true; missing, it has its default.</summary>
    public static bool Flag(this JsonElement node, string name, bool ifMissing = false)
    {
        if (node.Optional(name) is not { } value)
        {
            return ifMissing;
        }

        Expect(value.ValueKind is JsonValueKind.True or JsonValueKind.False, name, "it must be true or false");
        return value.GetBoolean();
    }
}
