using System.Text.Json;
using System.Text.RegularExpressions;

namespace LuceneLsr.Encoding.Tokenization;

/// <summary>What a <c>pre_tokenizer</c> says; some kinds change the text besides splitting it.</summary>
/// <param name="PreTokenizer">How a text is split.</param>
/// <param name="IsByteLevel">Whether the vocabulary writes bytes.</param>
/// <param name="MarksSpaces">Whether spaces become "▁".</param>
/// <param name="Prefix">What is put before a text.</param>
internal sealed record Splitting(
    PreTokenizer PreTokenizer, bool IsByteLevel = false, bool MarksSpaces = false, TextPrefix? Prefix = null);

/// <summary>Reads the field <c>pre_tokenizer</c>.</summary>
internal static class PreTokenizerJson
{
    private const string Gpt2Pattern =
        @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private const string AtEachSpace = "\u2581[^\u2581]*|[^\u2581]+";
    private const string AtEachRunOfSpaces = "\u2581+[^\u2581]*|[^\u2581]+";

    /// <summary>Reads the field, or what its absence means.</summary>
    /// <param name="node">The field's value.</param>
    /// <param name="merges">The vocabulary's merges.</param>
    public static Splitting Read(JsonElement? node, IReadOnlyList<string> merges)
    {
        if (node is not { } value)
        {
            return new Splitting(Unsplit(merges));
        }

        switch (TypeOf(value))
        {
            case "Metaspace":
                return Metaspace(value, merges);
            case "Sequence":
                return Sequence([.. value.Items("pretokenizers")]);
            default:
                return Sequence([value]);
        }
    }

    /// <summary>
    /// The splitting of a text that the file leaves whole: before each run of spaces, if no merge reaches across, so that
    /// the tokens are the same and a long text takes no longer than its words.
    /// </summary>
    public static PreTokenizer Unsplit(IReadOnlyList<string> merges) =>
        merges.Any(merge => merge.IndexOf(" \u2581", StringComparison.Ordinal) is > 0 and var at && merge[at - 1] != '\u2581')
            ? new PreTokenizer()
            : new PreTokenizer(new PatternSplit(AtEachRunOfSpaces));

    private static Splitting Metaspace(JsonElement node, IReadOnlyList<string> merges)
    {
        JsonFields.Expect(node.Text("replacement") == $"{SentencePieceWriting.Space}", "pre_tokenizer.replacement",
            "only '\u2581' is supported");
        var scheme = node.Optional("prepend_scheme") is not null
            ? node.Text("prepend_scheme")
            : node.Flag("add_prefix_space", ifMissing: true) ? "always" : "never"; // of older files
        JsonFields.Expect(scheme is "always" or "first" or "never", "pre_tokenizer.prepend_scheme",
            "only 'always', 'first' and 'never' are known");
        return new Splitting(
            node.Flag("split", ifMissing: true) ? new PreTokenizer(new PatternSplit(AtEachSpace)) : Unsplit(merges),
            MarksSpaces: true,
            Prefix: scheme == "never"
                ? null
                : new TextPrefix(SentencePieceWriting.Space, IsDoubled: false, IsOnlyFirst: scheme == "first"));
    }

    private static Splitting Sequence(JsonElement[] nodes)
    {
        var isByteLevel = nodes.Length > 0 && TypeOf(nodes[^1]) == "ByteLevel";
        var splits = nodes[..(isByteLevel ? ^1 : ^0)].Select(Split).ToList();
        if (!isByteLevel)
        {
            return new Splitting(new PreTokenizer(splits));
        }

        var hasPrefix = nodes[^1].Flag("add_prefix_space", ifMissing: true);
        JsonFields.Expect(!hasPrefix || splits.Count == 0, "pre_tokenizer.add_prefix_space",
            "after another pre-tokenizer it must be false");
        if (nodes[^1].Flag("use_regex", ifMissing: true))
        {
            splits.Add(new PatternSplit(Gpt2Pattern));
        }

        return new Splitting(
            new PreTokenizer(splits),
            IsByteLevel: true,
            Prefix: hasPrefix ? new TextPrefix(' ', IsDoubled: false, IsOnlyFirst: false) : null);
    }

    private static PatternSplit Split(JsonElement node)
    {
        switch (TypeOf(node))
        {
            case "Digits":
                return new PatternSplit(node.Flag("individual_digits") ? @"\p{N}" : @"\p{N}+");
            case "Split":
                var behavior = node.Text("behavior");
                JsonFields.Expect(behavior is "Isolated" or "Removed", "pre_tokenizer.behavior",
                    "only 'Isolated' and 'Removed' are supported");
                var (drops, inverts) = (behavior == "Removed", node.Flag("invert"));
                return Pattern(node) with { DropsMatches = drops && !inverts, DropsGaps = drops && inverts };
            case var type:
                JsonFields.Expect(false, "pre_tokenizer",
                    $"'{type}' is not supported here, only 'Split', 'Digits', a 'ByteLevel' at the end, or a 'Metaspace' alone");
                return null!;
        }
    }

    private static PatternSplit Pattern(JsonElement node)
    {
        var field = node.Field("pattern", JsonValueKind.Object);
        var pattern = field.Optional("String") is null ? field.Text("Regex") : Regex.Escape(field.Text("String"));
        try
        {
            var split = new PatternSplit(pattern);
            JsonFields.Expect(!split.Pattern.IsMatch(""), "pre_tokenizer.pattern", "it must not match the empty text");
            return split;
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"field 'pre_tokenizer.pattern': {exception.Message}", exception);
        }
    }

    private static string TypeOf(JsonElement node)
    {
        JsonFields.Expect(node.ValueKind == JsonValueKind.Object, "pre_tokenizer", "it is no object");
        return node.Text("type");
    }
}
