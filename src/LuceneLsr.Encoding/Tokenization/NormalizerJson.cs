using System.Text;
using System.Text.Json;

namespace LuceneLsr.Encoding.Tokenization;

/// <summary>Reads the field <c>normalizer</c>.</summary>
internal static class NormalizerJson
{
    private const string Field = "normalizer";

    /// <summary>Reads the field, and adds what the pre-tokenizer changes in the text.</summary>
    public static TextNormalizer Read(JsonElement? node, Splitting splitting)
    {
        var steps = new List<Func<string, string>>();
        TextPrefix? prepended = null;
        foreach (var step in node?.Steps(Field, "normalizers") ?? [])
        {
            if (step.TypeIn(Field) == "Prepend")
            {
                FileField.Expect(prepended is null && splitting.Prefix is null, "normalizer.prepend",
                    "another prefix is put before the text");
                prepended = new TextPrefix(Prefix(step), IsDoubled: true, IsOnlyFirst: false);
                continue;
            }

            steps.Add(Step(step));
            prepended = prepended is null ? null : Changed(prepended, steps[^1]);
        }

        if (splitting.MarksSpaces)
        {
            steps.Add(MarkSpaces);
        }

        return new TextNormalizer(steps, prepended ?? splitting.Prefix);
    }

    /// <summary>Writes a space as SentencePiece does.</summary>
    public static string MarkSpaces(string text) => text.Replace(' ', SentencePieceWriting.Space);

    private static char Prefix(JsonElement node)
    {
        var text = node.Text("prepend");
        FileField.Expect(text is " " or "\u2581", "normalizer.prepend", "only ' ' and '\u2581' are supported");
        return text[0];
    }

    private static TextPrefix Changed(TextPrefix prefix, Func<string, string> step) =>
        step($"{prefix.Space}") is [var space] ? prefix with { Space = space } : prefix;

    private static Func<string, string> Step(JsonElement node)
    {
        switch (node.TypeIn(Field))
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
                FileField.Expect(from.Length > 0, "normalizer.pattern", "it is empty");
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
        FileField.Expect("\u0344".Normalize(form) != "\u0344", "normalizer",
            "this program has no Unicode normalization; set InvariantGlobalization to false, and install ICU");
        return text => text.Normalize(form);
    }
}
