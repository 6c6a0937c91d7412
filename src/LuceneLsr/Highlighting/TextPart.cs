namespace LuceneLsr.Highlighting;

/// <summary>A part of a text that is a matched word, or lies between such words.</summary>
/// <param name="Range">The range of the part; not empty.</param>
/// <param name="Word">The matched word, or null.</param>
internal readonly record struct TextPart(TextRange Range, MatchedWord? Word)
{
    /// <summary>
    /// Cuts a range at matched words, in the order of the text. What of a word lies outside of the range or in an
    /// earlier word is left out: tokens of one character may overlap.
    /// </summary>
    public static IEnumerable<TextPart> Cut(TextRange range, IEnumerable<MatchedWord> words)
    {
        var done = range.Start;
        foreach (var word in words.OrderBy(word => word.Range.Start))
        {
            var (start, end) = (Math.Max(word.Range.Start, done), Math.Min(word.Range.End, range.End));
            if (start >= end)
            {
                continue;
            }

            if (start > done)
            {
                yield return new(new(done, start - done), Word: null);
            }

            yield return new(new(start, end - start), word);
            done = end;
        }

        if (done < range.End)
        {
            yield return new(new(done, range.End - done), Word: null);
        }
    }
}
