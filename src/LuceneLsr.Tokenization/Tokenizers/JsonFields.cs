using System.Text.Json;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>Reads fields of a JSON file; one that is not as expected is refused by its name.</summary>
internal static class JsonFields
{
    /// <summary>A member of one kind.</summary>
    public static JsonElement Field(this JsonElement node, string name, JsonValueKind kind)
    {
        JsonElement value = default;
        FileField.Expect(
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

        FileField.Expect(
            value.ValueKind is JsonValueKind.True or JsonValueKind.False, name, "it must be true or false");
        return value.GetBoolean();
    }

    /// <summary>What kind a step of a tokenizer is.</summary>
    /// <param name="node">The step.</param>
    /// <param name="field">The field that it stands in.</param>
    public static string TypeIn(this JsonElement node, string field)
    {
        FileField.Expect(node.ValueKind == JsonValueKind.Object, field, "it is no object");
        return node.Text("type");
    }

    /// <summary>The steps of a tokenizer's field: those of a 'Sequence', or the one that it is.</summary>
    /// <param name="node">The field's value.</param>
    /// <param name="field">The field.</param>
    /// <param name="items">The member of a 'Sequence' that holds its steps.</param>
    public static IEnumerable<JsonElement> Steps(this JsonElement node, string field, string items) =>
        node.TypeIn(field) == "Sequence" ? node.Items(items).SelectMany(step => step.Steps(field, items)) : [node];
}
