using System.Text;
using System.Text.Json;

namespace LuceneLsr.Encoding.Tokenization;

/// <summary>Reads the field <c>normalizer</c>.</summary>
internal static class NormalizerJson
{
    /// <summary>Reads the field, and adds what the pre-tokenizer changes in the text.</summary>
    public static TextNormalizer Read(JsonElement? node, Splitting splitting)
    {
        var steps = new List<Func<string, string>>();
        var prefix = splitting.Prefix;
        foreach (var step in node is { } value ? Flat(value) : [])
        {
            if (TypeOf(step) == "Prepend")
            {
                JsonFields.Expect(prefix is null, "normalizer.prepend", "another prefix is put before the text");
                prefix = new TextPrefix(Prefix(step), IsDoubled: true, IsOnlyFirst: false);
                continue;
            }

            steps.Add(Step(step));
            prefix = prefix is null ? null : Changed(prefix, steps[^1]);
        }

        if (splitting.MarksSpaces)
        {
            steps.Add(MarkSpaces);
        }

        return new TextNormalizer(steps, prefix);
    }

    /// <summary>Writes a space as SentencePiece does.</summary>
    public static string MarkSpaces(string text) => text.Replace(' ', SentencePieceWriting.Space);

    private static IEnumerable<JsonElement> Flat(JsonElement node) =>
        TypeOf(node) == "Sequence" ? node.Items("normalizers").SelectMany(Flat) : [node];

    private static char Prefix(JsonElement node)
    {
        var text = node.Text("prepend");
        JsonFields.Expect(text is " " or "\u2581", "normalizer.prepend", "only ' ' and '\u2581' are supported");
        return text[0];
    }

    private static TextPrefix Changed(TextPrefix prefix, Func<string, string> step) =>
        step($"{prefix.Space}") is [var space] ? prefix with { Space = space } : prefix;

    private static Func<string, string> Step(JsonElement node)
    {
        switch (TypeOf(node))
        {
            case "Lowercase":
                return LowerCase;
            case "NFC":
                return Form(NormalizationForm.FormC);
            case "NFD":
                return Form(NormalizationForm.FormD);
            case "NFKC":
                return Form(NormalizationForm.FormKC);
            case "NFKD":
                return Form(NormalizationForm.FormKD);
            case "Replace":
                var (from, to) = (node.Field("pattern", JsonValueKind.Object).Text("String"), node.Text("content"));
                JsonFields.Expect(from.Length > 0, "normalizer.pattern", "it is empty");
                return text => text.Replace(from, to, StringComparison.Ordinal);
            case var type:
                throw new FormatException($"field 'normalizer': '{type}' is not supported.");
        }
    }

    // As Unicode has it without a locale: of all characters, one alone becomes two.
    private static string LowerCase(string text) =>
        text.ToLowerInvariant().Replace("\u0130", "i\u0307", StringComparison.Ordinal);

    private static Func<string, string> Form(NormalizationForm form)
    {
        // In globalization-invariant mode .NET returns any text as it is.
        JsonFields.Expect("\u0344".Normalize(form) != "\u0344", "normalizer",
            "this program has no Unicode normalization; set InvariantGlobalization to false, and install ICU");
        return text => text.Normalize(form);
    }

    private static string TypeOf(JsonElement node)
    {
        JsonFields.Expect(node.ValueKind == JsonValueKind.Object, "normalizer", "it is no object");
        return node.Text("type");
    }
}
