using System.Text.Json;
using System.Text.RegularExpressions;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>Reads the field <c>pre_tokenizer</c> of a <c>tokenizer.json</c>.</summary>
internal static partial class PreTokenizerJson
{
    private const string Field = "pre_tokenizer";

    // Of one match. A pattern such as (a+)+b takes time that doubles with each character.
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Gets the settings of 'WhitespaceSplit' with 'Metaspace': each word starts with "▁".</summary>
    public static PreTokenizerSettings Words { get; } = new(
        PreTokenizer.Metaspace, MarkSpaces: SentencePieceEncoding.MarkWords, Prefix: SentencePieceEncoding.Prefix);

    /// <summary>Reads the field, or returns the default if it is missing.</summary>
    /// <param name="node">The field's value, or null if it is missing.</param>
    /// <param name="unsplit">The pre-tokenizer for a field that does not split text.</param>
    public static PreTokenizerSettings Read(JsonElement? node, PreTokenizer unsplit)
    {
        JsonElement[] steps = [.. node?.GetSteps(Field, "pretokenizers") ?? []];
        return steps switch
        {
            [] => new PreTokenizerSettings(unsplit),
            [var step] when step.GetStepType(Field) == "BertPreTokenizer" =>
                new PreTokenizerSettings(PreTokenizer.Bert),
            [var step] when step.GetStepType(Field) == "Metaspace" => ReadMetaspace(step, unsplit),
            [var first, var second]
                when first.GetStepType(Field) == "WhitespaceSplit" && second.GetStepType(Field) == "Metaspace" =>
                ReadMetaspaceOfWords(second),
            [.. var before, var last] when last.GetStepType(Field) == "ByteLevel" =>
                ReadByteLevel([.. before.Select(ReadSplit)], last),
            _ => new PreTokenizerSettings(new PreTokenizer([.. steps.Select(ReadSplit)])),
        };
    }

    private static PreTokenizerSettings ReadMetaspace(JsonElement node, PreTokenizer unsplit)
    {
        var scheme = ReadPrependScheme(node);
        return new PreTokenizerSettings(
            SplitsAtSpaces(node) ? PreTokenizer.Metaspace : unsplit,
            MarkSpaces: [SentencePieceEncoding.MarkSpaces],
            Prefix: scheme == "never" ? null : SentencePieceEncoding.Prefix with { IsOnlyFirst = scheme == "first" });
    }

    // After 'WhitespaceSplit' each word has a prefix of its own.
    private static PreTokenizerSettings ReadMetaspaceOfWords(JsonElement node)
    {
        Require.Field(ReadPrependScheme(node) == "always", "pre_tokenizer.prepend_scheme",
            "only 'always' is supported after 'WhitespaceSplit'");
        Require.Field(SplitsAtSpaces(node), "pre_tokenizer.split", "it must be true after 'WhitespaceSplit'");
        return Words;
    }

    private static string ReadPrependScheme(JsonElement node)
    {
        Require.Field(node.GetText("replacement") == $"{SentencePieceEncoding.Space}", "pre_tokenizer.replacement",
            "only '\u2581' is supported");
        var scheme = node.GetOptional("prepend_scheme") is not null
            ? node.GetText("prepend_scheme")
            : node.GetFlag("add_prefix_space", defaultValue: true) ? "always" : "never"; // in older files
        Require.Field(scheme is "always" or "first" or "never", "pre_tokenizer.prepend_scheme",
            "only 'always', 'first' and 'never' are supported");
        return scheme;
    }

    private static bool SplitsAtSpaces(JsonElement node) => node.GetFlag("split", defaultValue: true);

    private static PreTokenizerSettings ReadByteLevel(List<PatternSplit> splits, JsonElement node)
    {
        var hasPrefix = node.GetFlag("add_prefix_space", defaultValue: true);
        Require.Field(!hasPrefix || splits.Count == 0, "pre_tokenizer.add_prefix_space",
            "it must be false after another pre-tokenizer");
        if (node.GetFlag("use_regex", defaultValue: true))
        {
            splits.Add(PreTokenizer.Gpt2Words);
        }

        return new PreTokenizerSettings(
            new PreTokenizer(splits),
            IsByteLevel: true,
            Prefix: hasPrefix ? ByteLevelEncoding.Prefix : null);
    }

    private static PatternSplit ReadSplit(JsonElement node)
    {
        switch (node.GetStepType(Field))
        {
            case "Digits":
                return new PatternSplit(node.GetFlag("individual_digits") ? EachDigit() : EachRunOfDigits());
            case "Split":
                var behavior = node.GetText("behavior");
                Require.Field(behavior is "Isolated" or "Removed", "pre_tokenizer.behavior",
                    "only 'Isolated' and 'Removed' are supported");
                var (drops, inverts) = (behavior == "Removed", node.GetFlag("invert"));
                return new PatternSplit(
                    ReadPattern(node), DropsMatches: drops && !inverts, DropsGaps: drops && inverts);
            case var type:
                throw new InvalidDataException($"field 'pre_tokenizer': type '{type}' is not supported here. "
                    + "Supported are 'Split', 'Digits', a 'ByteLevel' at the end, and a single "
                    + "'BertPreTokenizer' or 'Metaspace', and 'WhitespaceSplit' before a 'Metaspace'.");
        }
    }

    private static Regex ReadPattern(JsonElement node)
    {
        var field = node.GetField("pattern", JsonValueKind.Object);
        var pattern = field.GetOptional("String") is null
            ? field.GetText("Regex")
            : Regex.Escape(field.GetText("String"));
        try
        {
            var regex = new Regex(pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant, MatchTimeout);
            Require.Field(!regex.IsMatch(""), "pre_tokenizer.pattern", "it must not match the empty text");
            return regex;
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"field 'pre_tokenizer.pattern': {exception.Message}", exception);
        }
    }

    [GeneratedRegex(@"\p{N}")]
    private static partial Regex EachDigit();

    [GeneratedRegex(@"\p{N}+")]
    private static partial Regex EachRunOfDigits();
}
