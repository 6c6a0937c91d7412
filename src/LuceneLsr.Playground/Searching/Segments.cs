using LuceneLsr.Highlighting;
using LuceneLsr.Playground.Messages;

namespace LuceneLsr.Playground.Searching;

/// <summary>Cuts texts at the words that match.</summary>
internal static class Segments
{
    /// <summary>Cuts a part of a text. Words outside of the part are ignored.</summary>
    public static IEnumerable<Segment> Cut(string text, TextRange part, IEnumerable<MatchedWord> words)
    {
        var done = part.Start;
        foreach (var word in words.OrderBy(word => word.Range.Start))
        {
            var (start, end) = (Math.Max(word.Range.Start, done), Math.Min(word.Range.End, part.End));
            if (start >= end)
            {
                continue;
            }

            if (start > done)
            {
                yield return new(text[done..start], Terms: null);
            }

            yield return new(text[start..end], word.Terms);
            done = end;
        }

        if (done < part.End)
        {
            yield return new(text[done..part.End], Terms: null);
        }
    }
}
