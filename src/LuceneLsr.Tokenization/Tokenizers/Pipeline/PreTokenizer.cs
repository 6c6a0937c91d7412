using System.Text.RegularExpressions;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>A span of a text.</summary>
/// <param name="Start">The index of its first char.</param>
/// <param name="Length">Its length in chars.</param>
/// <param name="IsDropped">Whether the span produces no tokens.</param>
internal readonly record struct TextSpan(int Start, int Length, bool IsDropped);

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
    /// merge crosses such a boundary. The tokens stay the same, and merging takes time per word, not per text.
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

/// <summary>A step that splits a text into matches of a pattern and the gaps between them.</summary>
/// <param name="Pattern">The pattern, matched against <see cref="CodePoints.Text"/>.</param>
/// <param name="DropsMatches">Whether matches are dropped.</param>
/// <param name="DropsGaps">Whether gaps are dropped.</param>
internal sealed record PatternSplit(Regex Pattern, bool DropsMatches = false, bool DropsGaps = false)
{
    /// <summary>Splits a span of a text. The pattern does not see the text around the span.</summary>
    public IEnumerable<TextSpan> Split(string text, TextSpan part)
    {
        var (start, end) = (part.Start, part.Start + part.Length);
        for (var match = Pattern.Match(text, start, part.Length); match.Success; match = match.NextMatch())
        {
            if (match.Index > start)
            {
                yield return new TextSpan(start, match.Index - start, DropsGaps);
            }

            yield return new TextSpan(match.Index, match.Length, DropsMatches);
            start = match.Index + match.Length;
        }

        if (start < end)
        {
            yield return new TextSpan(start, end - start, DropsGaps);
        }
    }
}
