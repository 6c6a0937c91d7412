using System.Globalization;
using System.Text;
using ICU4N;
using ICU4N.Globalization;

namespace LuceneLsr.Tokenization.Encoders;

/// <summary>Extends the range of a token to the word around it.</summary>
internal static class WordRange
{
    /// <summary>
    /// Extends a range over letters, digits and combining marks on both sides. It is not extended beyond punctuation,
    /// nor in scripts that put no spaces between words, such as Chinese and Thai.
    /// </summary>
    public static TextRange Extend(string text, TextRange range)
    {
        var (start, end) = (range.Start, range.End);
        if (IsInWord(DecodeFirst(text, start)))
        {
            while (start > 0 && DecodeLast(text, start) is var rune && IsInWord(rune))
            {
                start -= rune.Utf16SequenceLength;
            }
        }

        if (IsInWord(DecodeLast(text, end)))
        {
            while (end < text.Length && DecodeFirst(text, end) is var rune && IsInWord(rune))
            {
                end += rune.Utf16SequenceLength;
            }
        }

        return new TextRange(start, end - start);
    }

    private static Rune DecodeFirst(string text, int start)
    {
        _ = Rune.DecodeFromUtf16(text.AsSpan(start), out var rune, out _);
        return rune; // U+FFFD for a lone surrogate, which is not a letter
    }

    private static Rune DecodeLast(string text, int end)
    {
        _ = Rune.DecodeLastFromUtf16(text.AsSpan(0, end), out var rune, out _);
        return rune;
    }

    private static bool IsInWord(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        <= UnicodeCategory.OtherLetter => HasSpaces(rune),
        <= UnicodeCategory.OtherNumber => true, // marks and numbers
        _ => false,
    };

    // Lines break between any two ideographs and kana, and by a dictionary in Thai, Lao, Khmer and Burmese.
    private static bool HasSpaces(Rune rune) => UChar.GetIntPropertyValue(rune.Value, UProperty.Line_Break)
        is not (LineBreak.Ideographic or LineBreak.ConditionalJapaneseStarter or LineBreak.ComplexContext);
}
