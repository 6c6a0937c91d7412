using System.Globalization;
using System.Text;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>
/// A text as patterns see it, one char a code point. To .NET's regular expressions a character beyond U+FFFF is two
/// surrogates, neither letter nor number; here a character of the same general category stands for it.
/// </summary>
internal sealed class CodePoints
{
    private static readonly Dictionary<UnicodeCategory, char> StandIns = FindStandIns();

    private readonly int[]? _starts; // in the source, of each char of Text and of its end; null where they are the same

    /// <summary>Reads a well-formed text.</summary>
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

    /// <summary>The text, one char a code point.</summary>
    public string Text { get; }

    /// <summary>The stretch of the source that a stretch of <see cref="Text"/> stands for.</summary>
    public Stretch InSource(Stretch stretch) => _starts is null
        ? stretch
        : stretch with
        {
            Start = _starts[stretch.Start],
            Length = _starts[stretch.Start + stretch.Length] - _starts[stretch.Start],
        };

    // The last of each category: far from the letters and signs that patterns name.
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
