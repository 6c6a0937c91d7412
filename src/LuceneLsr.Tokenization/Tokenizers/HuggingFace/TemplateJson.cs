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
        Require.Field(templates.Length <= 1, Field, "only one step that adds tokens is supported");
        return templates is not [var template]
            ? new TokenizerTemplate([], [])
            : template.GetStepType(Field) switch
            {
                "TemplateProcessing" => ReadTemplate(template),
                "BertProcessing" or "RobertaProcessing" =>
                    new TokenizerTemplate([ReadToken(template, "cls")], [ReadToken(template, "sep")]),
                var type => throw new InvalidDataException($"field '{Field}': type '{type}' is not supported."),
            };
    }

    private static TokenizerTemplate ReadTemplate(JsonElement node)
    {
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

    // A pair of the token and its id.
    private static int ReadToken(JsonElement node, string name)
    {
        JsonElement[] pair = [.. node.GetItems(name)];
        Require.Field(pair.Length == 2, $"{Field}.{name}", "it must be a token and its id");
        return VocabularyJson.ReadId(pair[1], $"{Field}.{name}");
    }

    private static IEnumerable<int> ReadIds(JsonElement node, string token) => node
        .GetField("special_tokens", JsonValueKind.Object)
        .GetField(token, JsonValueKind.Object)
        .GetItems("ids")
        .Select(id => VocabularyJson.ReadId(id, "post_processor.special_tokens"));
}
