using System.Text.RegularExpressions;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>Splits a text into words. Each step splits the words of the previous step.</summary>
internal sealed partial class PreTokenizer(params IReadOnlyList<PatternSplit> steps)
{
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

    [GeneratedRegex("\u2581+[^\u2581]*|[^\u2581]+")]
    private static partial Regex AtEachRunOfSpaces();
}
