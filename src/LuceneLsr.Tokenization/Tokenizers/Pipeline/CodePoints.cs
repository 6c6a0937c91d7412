using System.Globalization;
using System.Text;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>
/// A view of a text for regular expressions, with one char per code point. .NET matches characters beyond U+FFFF as two
/// surrogates, which are neither letters nor numbers. This view replaces each with a character of its general category.
/// </summary>
internal sealed class CodePoints
{
    private static readonly Dictionary<UnicodeCategory, char> StandIns = FindStandIns();

    private readonly int[]? _starts; // source index of each char of Text and of its end; null if the same

    /// <summary>Creates the view of a well-formed text.</summary>
    public CodePoints(string source)
    {
        Text = source;
        if (source.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return;
        }

        var points = new StringBuilder(source.Length);
        List<int> starts = [0];
        foreach (var rune in source.EnumerateRunes())
        {
            points.Append(rune.IsBmp ? (char)rune.Value : StandIns[Rune.GetUnicodeCategory(rune)]);
            starts.Add(starts[^1] + rune.Utf16SequenceLength);
        }

        (Text, _starts) = (points.ToString(), [.. starts]);
    }

    /// <summary>Gets the text with one char per code point.</summary>
    public string Text { get; }

    /// <summary>Maps a span of <see cref="Text"/> to the source.</summary>
    public TextSpan ToSource(TextSpan span) => _starts is null
        ? span
        : span with
        {
            Start = _starts[span.Start],
            Length = _starts[span.Start + span.Length] - _starts[span.Start],
        };

    // The last of each category, because patterns do not name these characters explicitly.
    private static Dictionary<UnicodeCategory, char> FindStandIns()
    {
        var standIns = new Dictionary<UnicodeCategory, char>();
        for (var value = 0; value <= char.MaxValue; value++)
        {
            standIns[char.GetUnicodeCategory((char)value)] = (char)value;
        }

        return standIns;
    }
}
