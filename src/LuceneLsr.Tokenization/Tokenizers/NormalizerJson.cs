using System.Text.Json;
using ICU4N.Text;

namespace LuceneLsr.Tokenization.Tokenizers;

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
                return Normalizer2.NFCInstance.Normalize;
            case "NFD":
                return Normalizer2.NFDInstance.Normalize;
            case "NFKC":
                return Normalizer2.NFKCInstance.Normalize;
            case "NFKD":
                return Normalizer2.NFKDInstance.Normalize;
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
}
