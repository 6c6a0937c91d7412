using System.Text.RegularExpressions;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>A step that splits a text into matches of a pattern and the gaps between them.</summary>
/// <param name="Pattern">The pattern, matched against <see cref="CodePoints.Text"/>.</param>
/// <param name="DropsMatches">Whether matches are dropped.</param>
/// <param name="DropsGaps">Whether gaps are dropped.</param>
/// <remarks>A pattern with a timeout throws <see cref="InvalidDataException"/> when it takes longer.</remarks>
internal sealed record PatternSplit(Regex Pattern, bool DropsMatches = false, bool DropsGaps = false)
{
    /// <summary>Splits a span of a text. The pattern does not see the text around the span.</summary>
    public IEnumerable<TextSpan> Split(string text, TextSpan part)
    {
        var (start, end) = (part.Start, part.Start + part.Length);
        for (var match = FindFirst(text, part); match.Success; match = FindNext(match))
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

    private Match FindFirst(string text, TextSpan part)
    {
        try
        {
            return Pattern.Match(text, part.Start, part.Length);
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw CreateError(exception);
        }
    }

    private Match FindNext(Match match)
    {
        try
        {
            return match.NextMatch();
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw CreateError(exception);
        }
    }

    private InvalidDataException CreateError(RegexMatchTimeoutException exception) => new(
        $"The pattern '{Pattern}' of the pre-tokenizer takes longer than {Pattern.MatchTimeout.TotalSeconds:F0} s on a "
        + $"text of {exception.Input.Length:N0} characters. Use a tokenizer whose pattern does not backtrack.",
        exception);
}
