using System.Text.Json;

namespace LuceneLsr.Files;

/// <summary>Reads fields of a JSON object. Errors name the field.</summary>
/// <remarks>Every method throws <see cref="InvalidDataException"/> for a field of the wrong kind.</remarks>
internal static class JsonFields
{
    /// <summary>Gets a required field of one kind.</summary>
    public static JsonElement GetField(this JsonElement node, string name, JsonValueKind kind)
    {
        JsonElement value = default;
        Require.Field(
            node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out value) && value.ValueKind == kind,
            name,
            $"it is missing or not of type {kind}");
        return value;
    }

    /// <summary>Gets a field of an object, or null if the field is missing or null.</summary>
    public static JsonElement? GetOptional(this JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Gets a required string.</summary>
    public static string GetText(this JsonElement node, string name) =>
        node.GetField(name, JsonValueKind.String).GetString()!;

    /// <summary>Gets the items of a required array.</summary>
    public static IEnumerable<JsonElement> GetItems(this JsonElement node, string name) =>
        node.GetField(name, JsonValueKind.Array).EnumerateArray();

    /// <summary>Gets a Boolean, or its default if the field is missing or null.</summary>
    public static bool GetFlag(this JsonElement node, string name, bool defaultValue = false)
    {
        if (node.GetOptional(name) is not { } value)
        {
            return defaultValue;
        }

        Require.Field(value.ValueKind is JsonValueKind.True or JsonValueKind.False, name, "it must be true or false");
        return value.GetBoolean();
    }
}
