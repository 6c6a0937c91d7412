using System.Text.RegularExpressions;

namespace LuceneLsr.Highlighting;

/// <summary>Splits texts into sentences.</summary>
public static partial class Sentences
{
    private const int MaxLength = 300; // of a passage that is easy to read

    /// <summary>
    /// Splits a text after periods, question and exclamation marks that white space follows, after those of Chinese and
    /// Japanese, and at blank lines. A sentence of more than 300 chars, such as a table, is split between words. White
    /// space around sentences belongs to none.
    /// </summary>
    public static IEnumerable<TextRange> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var start = 0;
        for (var boundary = Boundary().Match(text); boundary.Success; boundary = boundary.NextMatch())
        {
            var end = boundary.Index + boundary.Length;
            foreach (var part in SplitLong(text, start, end))
            {
                yield return part;
            }

            start = end;
        }

        foreach (var part in SplitLong(text, start, text.Length))
        {
            yield return part;
        }
    }

    private static IEnumerable<TextRange> SplitLong(string text, int start, int end)
    {
        while (Trim(text, start, end) is { } range)
        {
            var length = range.Length <= MaxLength ? range.Length : FindEndOfWord(text.AsSpan(range.Start, MaxLength));
            if (Trim(text, range.Start, range.Start + length) is { } part)
            {
                yield return part;
            }

            start = range.Start + length;
        }
    }

    private static int FindEndOfWord(ReadOnlySpan<char> text)
    {
        for (var end = text.Length - 1; end > 0; end--)
        {
            if (char.IsWhiteSpace(text[end]))
            {
                return end;
            }
        }

        return char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;
    }

    private static TextRange? Trim(string text, int start, int end)
    {
        var part = text.AsSpan(start..end);
        var trimmed = part.TrimStart();
        return trimmed.IsEmpty ? null : new TextRange(end - trimmed.Length, trimmed.TrimEnd().Length);
    }

    [GeneratedRegex("""[.!?…]["'”’)\]]*(?=\s)|[。！？]["'”’」』）]*|\n\s*\n""")]
    private static partial Regex Boundary();
}
