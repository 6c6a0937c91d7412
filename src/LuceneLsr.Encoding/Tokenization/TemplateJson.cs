using System.Text.Json;

namespace LuceneLsr.Encoding.Tokenization;

/// <summary>Reads the field <c>post_processor</c>.</summary>
internal static class TemplateJson
{
    /// <summary>Reads the field; without one, or with a 'ByteLevel' alone, nothing is put around a text.</summary>
    public static TokenizerTemplate Read(JsonElement? node)
    {
        if (node is not { } value)
        {
            return new TokenizerTemplate([], []);
        }

        JsonElement[] templates = [.. Flat(value).Where(step => TypeOf(step) != "ByteLevel")];
        JsonFields.Expect(templates.Length <= 1, "post_processor", "only one 'TemplateProcessing' is supported");
        return templates is [var template] ? Template(template) : new TokenizerTemplate([], []);
    }

    private static IEnumerable<JsonElement> Flat(JsonElement node) =>
        TypeOf(node) == "Sequence" ? node.Items("processors").SelectMany(Flat) : [node];

    private static TokenizerTemplate Template(JsonElement node)
    {
        var type = TypeOf(node);
        JsonFields.Expect(type == "TemplateProcessing", "post_processor", $"'{type}' is not supported");
        List<int> before = [], after = [], around = before;
        foreach (var part in node.Items("single"))
        {
            if (part.Optional("Sequence") is not null)
            {
                around = after;
                continue;
            }

            around.AddRange(Ids(node, part.Field("SpecialToken", JsonValueKind.Object).Text("id")));
        }

        return new TokenizerTemplate(before, after);
    }

    private static IEnumerable<int> Ids(JsonElement node, string token) => node
        .Field("special_tokens", JsonValueKind.Object)
        .Field(token, JsonValueKind.Object)
        .Items("ids")
        .Select(id => TokenizerJson.Id(id, "post_processor.special_tokens"));

    private static string TypeOf(JsonElement node)
    {
        JsonFields.Expect(node.ValueKind == JsonValueKind.Object, "post_processor", "it is no object");
        return node.Text("type");
    }
}
