using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>Reads the field <c>post_processor</c> of a <c>tokenizer.json</c>.</summary>
internal static class TemplateJson
{
    private const string Field = "post_processor";

    /// <summary>Reads the field. A missing field or a 'ByteLevel' adds no tokens.</summary>
    public static TokenizerTemplate Read(JsonElement? node)
    {
        JsonElement[] templates =
            [.. (node?.GetSteps(Field, "processors") ?? []).Where(step => step.GetStepType(Field) != "ByteLevel")];
        Require.Field(templates.Length <= 1, Field, "only one 'TemplateProcessing' is supported");
        return templates is [var template] ? ReadTemplate(template) : new TokenizerTemplate([], []);
    }

    private static TokenizerTemplate ReadTemplate(JsonElement node)
    {
        var type = node.GetStepType(Field);
        Require.Field(type == "TemplateProcessing", Field, $"type '{type}' is not supported");
        List<int> before = [], after = [], around = before;
        foreach (var part in node.GetItems("single"))
        {
            if (part.GetOptional("Sequence") is not null)
            {
                around = after;
                continue;
            }

            around.AddRange(ReadIds(node, part.GetField("SpecialToken", JsonValueKind.Object).GetText("id")));
        }

        return new TokenizerTemplate(before, after);
    }

    private static IEnumerable<int> ReadIds(JsonElement node, string token) => node
        .GetField("special_tokens", JsonValueKind.Object)
        .GetField(token, JsonValueKind.Object)
        .GetItems("ids")
        .Select(id => TokenizerJson.ReadId(id, "post_processor.special_tokens"));
}
