using System.Text.Json;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>Reads the field <c>post_processor</c>.</summary>
internal static class TemplateJson
{
    private const string Field = "post_processor";

    /// <summary>Reads the field; without one, or with a 'ByteLevel' alone, nothing is put around a text.</summary>
    public static TokenizerTemplate Read(JsonElement? node)
    {
        JsonElement[] templates =
            [.. (node?.Steps(Field, "processors") ?? []).Where(step => step.TypeIn(Field) != "ByteLevel")];
        FileField.Expect(templates.Length <= 1, Field, "only one 'TemplateProcessing' is supported");
        return templates is [var template] ? Template(template) : new TokenizerTemplate([], []);
    }

    private static TokenizerTemplate Template(JsonElement node)
    {
        var type = node.TypeIn(Field);
        FileField.Expect(type == "TemplateProcessing", Field, $"'{type}' is not supported");
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
}
