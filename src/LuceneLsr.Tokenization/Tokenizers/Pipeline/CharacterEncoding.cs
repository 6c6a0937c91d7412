using System.Text;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>
/// Encodes text as the characters of a vocabulary: as bytes, or as characters with a fallback to bytes.
/// </summary>
internal abstract class CharacterEncoding : TokenEncoding
{
    /// <summary>Encodes a word of well-formed text.</summary>
    public abstract string Encode(string word);

    /// <summary>Encodes a token of the vocabulary like <see cref="Encode"/>.</summary>
    public virtual string EncodeToken(string token) => token;

    /// <summary>
    /// Gets the length of the longest start of a word that needs at most this many encoded characters.
    /// </summary>
    public int GetLengthWithin(string word, int encodedLength)
    {
        var length = 0;
        foreach (var rune in word.EnumerateRunes())
        {
            encodedLength -= GetEncodedLength(rune);
            if (encodedLength < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    /// <summary>Gets the span of the character of a word that each encoded character is a part of.</summary>
    public IReadOnlyList<(int Start, int End)> GetCharacterSpans(string word)
    {
        var spans = new List<(int Start, int End)>(word.Length);
        var start = 0;
        foreach (var rune in word.EnumerateRunes())
        {
            var end = start + rune.Utf16SequenceLength;
            spans.AddRange(Enumerable.Repeat((start, end), GetEncodedLength(rune)));
            start = end;
        }

        return spans;
    }

    /// <summary>Gets the number of encoded characters of one character.</summary>
    protected abstract int GetEncodedLength(Rune rune);
}
