using System.Text.Json;
using System.Text.RegularExpressions;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>What a <c>pre_tokenizer</c> says; some kinds change the text besides splitting it.</summary>
/// <param name="PreTokenizer">How a text is split.</param>
/// <param name="IsByteLevel">Whether the vocabulary writes bytes.</param>
/// <param name="MarksSpaces">Whether spaces become "▁".</param>
/// <param name="Prefix">What is put before a text.</param>
internal sealed record Splitting(
    PreTokenizer PreTokenizer, bool IsByteLevel = false, bool MarksSpaces = false, TextPrefix? Prefix = null);

/// <summary>Reads the field <c>pre_tokenizer</c>.</summary>
internal static partial class PreTokenizerJson
{
    private const string Field = "pre_tokenizer";

    /// <summary>Reads the field, or what its absence means.</summary>
    /// <param name="node">The field's value.</param>
    /// <param name="merges">The vocabulary's merges.</param>
    public static Splitting Read(JsonElement? node, IReadOnlyList<string> merges)
    {
        JsonElement[] steps = [.. node?.Steps(Field, "pretokenizers") ?? []];
        return steps switch
        {
            [] => new Splitting(Unsplit(merges)),
            [var step] when step.TypeIn(Field) == "Metaspace" => Metaspace(step, merges),
            [.. var before, var last] when last.TypeIn(Field) == "ByteLevel" =>
                ByteLevel([.. before.Select(Split)], last),
            _ => new Splitting(new PreTokenizer([.. steps.Select(Split)])),
        };
    }

    /// <summary>
    /// The splitting of a text that the file leaves whole: before each run of spaces where no merge reaches across it.
    /// The tokens are the same, and a long text takes no longer than its words.
    /// </summary>
    public static PreTokenizer Unsplit(IReadOnlyList<string> merges) => merges.Any(ReachesAcross)
        ? new PreTokenizer()
        : new PreTokenizer(new PatternSplit(AtEachRunOfSpaces()));

    private static bool ReachesAcross(string merge)
    {
        var right = merge.IndexOf(' ', StringComparison.Ordinal) + 1;
        return merge[right] == SentencePieceWriting.Space && merge[right - 2] != SentencePieceWriting.Space;
    }

    private static Splitting Metaspace(JsonElement node, IReadOnlyList<string> merges)
    {
        FileField.Expect(node.Text("replacement") == $"{SentencePieceWriting.Space}", "pre_tokenizer.replacement",
            "only '\u2581' is supported");
        var scheme = node.Optional("prepend_scheme") is not null
            ? node.Text("prepend_scheme")
            : node.Flag("add_prefix_space", ifMissing: true) ? "always" : "never"; // of older files
        FileField.Expect(scheme is "always" or "first" or "never", "pre_tokenizer.prepend_scheme",
            "only 'always', 'first' and 'never' are known");
        return new Splitting(
            node.Flag("split", ifMissing: true) ? new PreTokenizer(new PatternSplit(AtEachSpace())) : Unsplit(merges),
            MarksSpaces: true,
            Prefix: scheme == "never"
                ? null
                : new TextPrefix(SentencePieceWriting.Space, IsDoubled: false, IsOnlyFirst: scheme == "first"));
    }

    private static Splitting ByteLevel(List<PatternSplit> splits, JsonElement node)
    {
        var hasPrefix = node.Flag("add_prefix_space", ifMissing: true);
        FileField.Expect(!hasPrefix || splits.Count == 0, "pre_tokenizer.add_prefix_space",
            "after another pre-tokenizer it must be false");
        if (node.Flag("use_regex", ifMissing: true))
        {
            splits.Add(new PatternSplit(Gpt2()));
        }

        return new Splitting(
            new PreTokenizer(splits),
            IsByteLevel: true,
            Prefix: hasPrefix ? new TextPrefix(' ', IsDoubled: false, IsOnlyFirst: false) : null);
    }

    private static PatternSplit Split(JsonElement node)
    {
        switch (node.TypeIn(Field))
        {
            case "Digits":
                return new PatternSplit(node.Flag("individual_digits") ? EachDigit() : EachRunOfDigits());
            case "Split":
                var behavior = node.Text("behavior");
                FileField.Expect(behavior is "Isolated" or "Removed", "pre_tokenizer.behavior",
                    "only 'Isolated' and 'Removed' are supported");
                var (drops, inverts) = (behavior == "Removed", node.Flag("invert"));
                return new PatternSplit(Pattern(node), DropsMatches: drops && !inverts, DropsGaps: drops && inverts);
            case var type:
                throw new FormatException($"field 'pre_tokenizer': '{type}' is not supported here, "
                    + "only 'Split', 'Digits', a 'ByteLevel' at the end, or a 'Metaspace' alone.");
        }
    }

    private static Regex Pattern(JsonElement node)
    {
        var field = node.Field("pattern", JsonValueKind.Object);
        var pattern = field.Optional("String") is null ? field.Text("Regex") : Regex.Escape(field.Text("String"));
        try
        {
            var regex = new Regex(pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant);
            FileField.Expect(!regex.IsMatch(""), "pre_tokenizer.pattern", "it must not match the empty text");
            return regex;
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"field 'pre_tokenizer.pattern': {exception.Message}", exception);
        }
    }

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    private static partial Regex Gpt2();

    [GeneratedRegex(@"\p{N}")]
    private static partial Regex EachDigit();

    [GeneratedRegex(@"\p{N}+")]
    private static partial Regex EachRunOfDigits();

    [GeneratedRegex("\u2581[^\u2581]*|[^\u2581]+")]
    private static partial Regex AtEachSpace();

    [GeneratedRegex("\u2581+[^\u2581]*|[^\u2581]+")]
    private static partial Regex AtEachRunOfSpaces();
}
