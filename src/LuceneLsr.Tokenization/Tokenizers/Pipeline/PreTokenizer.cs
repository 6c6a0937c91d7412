using System.Text.RegularExpressions;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>Splits a text into words. Each step splits the words of the previous step.</summary>
internal sealed partial class PreTokenizer(params IReadOnlyList<PatternSplit> steps)
{
    /// <summary>
    /// Gets the pre-tokenizer of BERT: words are separated by white space, and punctuation characters are words.
    /// </summary>
    public static PreTokenizer Bert { get; } = new(new PatternSplit(BertWord(), DropsGaps: true));

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
    /// merge crosses such a boundary. The tokens stay the same, but merging words is faster than merging whole texts.
    /// </summary>
    /// <param name="merges">The merges of the vocabulary.</param>
    public static PreTokenizer CreateForUnsplitText(IReadOnlyList<string> merges) => merges.Any(CrossesSpace)
        ? new PreTokenizer()
        : new PreTokenizer(new PatternSplit(AtEachRunOfSpaces()));

    private static bool CrossesSpace(string merge)
    {
        var right = merge.IndexOf(' ', StringComparison.Ordinal) + 1;
        return merge[right] == SentencePieceEncoding.Space && merge[right - 2] != SentencePieceEncoding.Space;
    }

    [GeneratedRegex(@"[!-/:-@\[-`{-~\p{P}]|[^\s!-/:-@\[-`{-~\p{P}]+")]
    private static partial Regex BertWord();

    [GeneratedRegex("\u2581+[^\u2581]*|[^\u2581]+")]
    private static partial Regex AtEachRunOfSpaces();
}
