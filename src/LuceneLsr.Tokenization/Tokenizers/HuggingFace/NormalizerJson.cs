using System.Text.Json;
using System.Text.RegularExpressions;
using ICU4N.Text;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.Normalizers;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>Reads the field <c>normalizer</c> of a <c>tokenizer.json</c>.</summary>
internal static partial class NormalizerJson
{
    private const string Field = "normalizer";
    private const string RunOfSpaces = " {2,}";
    private const double MaxGrowth = 1_000;

    /// <summary>Reads the field and adds the changes that the pre-tokenizer makes to the text.</summary>
    public static TextNormalizer Read(JsonElement? node, PreTokenizerSettings preTokenizer)
    {
        var steps = new List<NormalizerStep>();
        TextPrefix? prepended = null;
        var growth = 1.0;
        foreach (var step in node?.GetSteps(Field, "normalizers") ?? [])
        {
            growth *= GetGrowth(step);
            Require.Field(growth <= MaxGrowth, Field,
                $"its replacements can make a text {growth:N0} times as long; the maximum is {MaxGrowth:N0}");
            if (step.GetStepType(Field) == "Prepend")
            {
                Require.Field(prepended is null && preTokenizer.Prefix is null, "normalizer.prepend",
                    "the text already has another prefix");
                prepended = new TextPrefix(
                    ReadPrefix(step), IsDoubled: true, IsOnlyFirst: false, IsNormalization: true);
                continue;
            }

            steps.Add(ReadStep(step));
            prepended = prepended is null ? null : ApplyTo(prepended, steps[^1]);
        }

        steps.AddRange(preTokenizer.MarkSpaces ?? []);

        return new TextNormalizer(steps, prepended ?? preTokenizer.Prefix);
    }

    private static char ReadPrefix(JsonElement node)
    {
        var text = node.GetText("prepend");
        Require.Field(text is " " or "\u2581", "normalizer.prepend", "only ' ' and '\u2581' are supported");
        return text[0];
    }

    private static TextPrefix ApplyTo(TextPrefix prefix, NormalizerStep step) =>
        step.Apply($"{prefix.Space}") is [var space] ? prefix with { Space = space } : prefix;

    private static NormalizerStep ReadStep(JsonElement node)
    {
        switch (node.GetStepType(Field))
        {
            case "Lowercase":
                return NormalizerStep.PerCharacter(BertNormalizer.LowerCase);
            case "BertNormalizer":
                return NormalizerStep.PerCharacter(ReadBert(node).Normalize);
            case "Precompiled":
                return NormalizerStep.PerCharacter(ReadCharacterMap(node).Normalize);
            case "NFC":
                return NormalizerStep.PerCharacter(Normalizer2.NFCInstance.Normalize);
            case "NFD":
                return NormalizerStep.PerCharacter(Normalizer2.NFDInstance.Normalize);
            case "NFKC":
                return NormalizerStep.PerCharacter(Normalizer2.NFKCInstance.Normalize);
            case "NFKD":
                return NormalizerStep.PerCharacter(Normalizer2.NFKDInstance.Normalize);
            case "Replace":
                return ReadReplace(node);
            case var type:
                throw new InvalidDataException($"field 'normalizer': type '{type}' is not supported.");
        }
    }

    private static NormalizerStep ReadReplace(JsonElement node)
    {
        var (pattern, to) = (node.GetField("pattern", JsonValueKind.Object), node.GetText("content"));
        if (pattern.GetOptional("Regex") is not null)
        {
            var regex = pattern.GetText("Regex");
            Require.Field(regex == RunOfSpaces && to == " ", "normalizer.pattern.Regex",
                $"only '{RunOfSpaces}', replaced with ' ', is supported");
            return NormalizerStep.Replace(Spaces(), " ");
        }

        var from = pattern.GetText("String");
        Require.Field(from.Length > 0, "normalizer.pattern", "it must not be empty");
        return NormalizerStep.Replace(from, to);
    }

    // How many times as long the replacement of a step is as what it replaces.
    private static double GetGrowth(JsonElement node) =>
        node.GetStepType(Field) == "Replace" && node.GetField("pattern", JsonValueKind.Object) is var pattern
        && pattern.GetOptional("String") is not null
            ? Math.Max(1, (double)node.GetText("content").Length / Math.Max(1, pattern.GetText("String").Length))
            : 1;

    private static CharacterMap ReadCharacterMap(JsonElement node)
    {
        const string Name = "precompiled_charsmap";
        Require.Field(
            node.GetField(Name, JsonValueKind.String).TryGetBytesFromBase64(out var bytes), $"{Field}.{Name}",
            "it is not Base64");
        return new CharacterMap(bytes, $"{Field}.{Name}");
    }

    private static BertNormalizer ReadBert(JsonElement node)
    {
        var lowerCases = node.GetFlag("lowercase", defaultValue: true);
        return new BertNormalizer(
            CleansText: node.GetFlag("clean_text", defaultValue: true),
            SeparatesChinese: node.GetFlag("handle_chinese_chars", defaultValue: true),
            StripsAccents: node.GetFlag("strip_accents", lowerCases),
            LowerCases: lowerCases);
    }

    [GeneratedRegex(RunOfSpaces)]
    private static partial Regex Spaces();
}
