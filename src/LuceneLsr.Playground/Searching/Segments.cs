using LuceneLsr.Highlighting;
using LuceneLsr.Playground.Messages;

namespace LuceneLsr.Playground.Searching;

/// <summary>Cuts texts at the words that match.</summary>
internal static class Segments
{
    /// <summary>Cuts a part of a text. Words outside of the part are ignored.</summary>
    public static IEnumerable<Segment> Cut(string text, TextRange part, IEnumerable<MatchedWord> words) =>
        TextPart.Cut(part, words).Select(cut => new Segment(cut.Range.GetText(text), cut.Word?.Terms));
}
