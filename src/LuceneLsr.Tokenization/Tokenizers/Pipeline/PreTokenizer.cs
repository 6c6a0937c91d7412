using System.Text.RegularExpressions;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>Splits a text into words. Each step splits the words of the previous step.</summary>
internal sealed partial class PreTokenizer(params IReadOnlyList<PatternSplit> steps)
{
    /// <summary>
    /// Gets the pre-tokenizer of BERT: words are separated by white space, and punctuation characters are words.
    /// </summary>
    public static PreTokenizer Bert { get; } = new(new PatternSplit(BertWord(), DropsGaps: true));

    /// <summary>Gets the step of GPT-2: contractions, letters, numbers and other characters are words.</summary>
    public static PatternSplit Gpt2Words { get; } = new(Gpt2Word());

    /// <summary>Gets the pre-tokenizer of GPT-2 and RoBERTa.</summary>
    public static PreTokenizer Gpt2 { get; } = new(Gpt2Words);

    /// <summary>Gets the pre-tokenizer that splits a text before each "▁".</summary>
    public static PreTokenizer Metaspace { get; } = new(new PatternSplit(AtEachSpace()));

    /// <summary>Splits a text into adjacent spans.</summary>
    public IEnumerable<TextSpan> Split(string text)
    {
        var points = new CodePoints(text);
        return steps
            .Aggregate<PatternSplit, IEnumerable<TextSpan>>(
                [new TextSpan(0, points.Text.Length, IsDropped: false)],
                (parts, step) => parts.SelectMany(part => part.IsDropped ? [part] : step.Split(points.Text, part)))
            .Select(points.ToSource);
    }

    /// <summary>
    /// Creates the pre-tokenizer for a tokenizer that does not split text. It splits before each run of spaces if no
    /// token crosses such a boundary. The tokens stay the same, but encoding words is faster than encoding whole texts.
    /// </summary>
    /// <param name="tokens">The tokens that a word can be split into.</param>
    public static PreTokenizer CreateForUnsplitText(IEnumerable<string> tokens) => tokens.Any(CrossesSpace)
        ? new PreTokenizer()
        : new PreTokenizer(new PatternSplit(AtEachRunOfSpaces()));

    private static bool CrossesSpace(string token) =>
        token.AsSpan().TrimStart(SentencePieceEncoding.Space).Contains(SentencePieceEncoding.Space);

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    private static partial Regex Gpt2Word();

    [GeneratedRegex(@"[!-/:-@\[-`{-~\p{P}]|[^\s!-/:-@\[-`{-~\p{P}]+")]
    private static partial Regex BertWord();

    [GeneratedRegex("\u2581[^\u2581]*|[^\u2581]+")]
    private static partial Regex AtEachSpace();

    [GeneratedRegex("\u2581+[^\u2581]*|[^\u2581]+")]
    private static partial Regex AtEachRunOfSpaces();
}
