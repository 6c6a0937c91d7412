using System.Globalization;
using System.Text.RegularExpressions;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>A transformation of a text that also tells which part of the text each part of its result is from.</summary>
internal sealed class NormalizerStep
{
    private readonly Func<string, string> _apply;
    private readonly Func<string, IEnumerable<TextEdit>> _split;

    private NormalizerStep(Func<string, string> apply, Func<string, IEnumerable<TextEdit>> split) =>
        (_apply, _split) = (apply, split);

    /// <summary>Creates a step that changes characters, with the combining marks after them, one by one.</summary>
    public static NormalizerStep PerCharacter(Func<string, string> apply) =>
        new(apply, text => SplitIntoCharacters(text, apply));

    /// <summary>Creates a step that replaces a string.</summary>
    public static NormalizerStep Replace(string replaced, string replacement) =>
        new(text => text.Replace(replaced, replacement, StringComparison.Ordinal),
            text => SplitAtMatches(
                text, new Regex(Regex.Escape(replaced), RegexOptions.CultureInvariant), replacement));

    /// <summary>Creates a step that replaces the matches of a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="replacement">The replacement, without a dollar sign.</param>
    public static NormalizerStep Replace(Regex pattern, string replacement) =>
        new(text => pattern.Replace(text, replacement), text => SplitAtMatches(text, pattern, replacement));

    /// <summary>Creates a step that removes characters at both ends of a text.</summary>
    public static NormalizerStep Trim(Func<char, bool> isRemoved) =>
        new(text => text[FindKept(text, isRemoved)], text => SplitEnds(text, isRemoved));

    /// <summary>Transforms a text.</summary>
    public string Apply(string text) => _apply(text);

    /// <summary>
    /// Splits a text into adjacent parts. Their replacements, joined, are the transformed text.
    /// </summary>
    public IEnumerable<TextEdit> Split(string text) => _split(text);

    // A character that is changed differently on its own than in the text is joined with the next ones.
    private static IEnumerable<TextEdit> SplitIntoCharacters(string text, Func<string, string> apply)
    {
        var whole = apply(text);
        for (int start = 0, end = 0, done = 0; end < text.Length;)
        {
            end += StringInfo.GetNextTextElementLength(text.AsSpan(end));
            var part = end == text.Length ? whole[done..] : apply(text[start..end]);
            if (whole.AsSpan(done).StartsWith(part, StringComparison.Ordinal))
            {
                yield return new TextEdit(end - start, part);
                (start, done) = (end, done + part.Length);
            }
        }
    }

    private static IEnumerable<TextEdit> SplitAtMatches(string text, Regex pattern, string replacement)
    {
        var done = 0;
        for (var match = pattern.Match(text); match.Success; match = match.NextMatch())
        {
            if (match.Index > done)
            {
                yield return new TextEdit(match.Index - done, Replacement: null);
            }

            yield return new TextEdit(match.Length, replacement);
            done = match.Index + match.Length;
        }

        if (done < text.Length)
        {
            yield return new TextEdit(text.Length - done, Replacement: null);
        }
    }

    private static IEnumerable<TextEdit> SplitEnds(string text, Func<char, bool> isRemoved)
    {
        var (start, length) = FindKept(text, isRemoved).GetOffsetAndLength(text.Length);
        TextEdit[] parts = [new(start, ""), new(length, null), new(text.Length - start - length, "")];
        return parts.Where(part => part.Length > 0);
    }

    private static Range FindKept(string text, Func<char, bool> isRemoved)
    {
        var (start, end) = (0, text.Length);
        while (start < end && isRemoved(text[start]))
        {
            start++;
        }

        while (end > start && isRemoved(text[end - 1]))
        {
            end--;
        }

        return start..end;
    }
}
