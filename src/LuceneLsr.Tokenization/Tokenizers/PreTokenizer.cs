using System.Text.RegularExpressions;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>A stretch of a text.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Length">Its length.</param>
/// <param name="IsDropped">Whether no token stands for it.</param>
internal readonly record struct Stretch(int Start, int Length, bool IsDropped);

/// <summary>Splits a text into words, step by step; each step splits the words of the one before it.</summary>
internal sealed class PreTokenizer(params IReadOnlyList<PatternSplit> steps)
{
    /// <summary>The stretches of a text, in order, without a gap between them.</summary>
    public IEnumerable<Stretch> Split(string text)
    {
        var points = new CodePoints(text);
        return steps
            .Aggregate<PatternSplit, IEnumerable<Stretch>>(
                [new Stretch(0, points.Text.Length, IsDropped: false)],
                (parts, step) => parts.SelectMany(part => part.IsDropped ? [part] : step.Split(points.Text, part)))
            .Select(points.InSource);
    }
}

/// <summary>One step of splitting: what a pattern matches and what lies between.</summary>
/// <param name="Pattern">The pattern, of <see cref="CodePoints"/>.</param>
/// <param name="DropsMatches">Whether what it matches is dropped.</param>
/// <param name="DropsGaps">Whether what lies between is dropped.</param>
internal sealed record PatternSplit(Regex Pattern, bool DropsMatches = false, bool DropsGaps = false)
{
    /// <summary>The stretches of a part of a text; the pattern sees nothing around it.</summary>
    public IEnumerable<Stretch> Split(string text, Stretch part)
    {
        var (start, end) = (part.Start, part.Start + part.Length);
        for (var match = Pattern.Match(text, start, part.Length); match.Success; match = match.NextMatch())
        {
            if (match.Index > start)
            {
                yield return new Stretch(start, match.Index - start, DropsGaps);
            }

            yield return new Stretch(match.Index, match.Length, DropsMatches);
            start = match.Index + match.Length;
        }

        if (start < end)
        {
            yield return new Stretch(start, end - start, DropsGaps);
        }
    }
}
