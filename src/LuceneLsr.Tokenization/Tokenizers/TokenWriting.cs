using System.Text;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>How a vocabulary writes text: in bytes, or in characters with bytes for those that it lacks.</summary>
internal abstract class TokenWriting
{
    /// <summary>A word of well-formed text in the vocabulary's characters.</summary>
    public abstract string Write(string word);

    /// <summary>A token's name in the vocabulary, in the characters of <see cref="Write"/>.</summary>
    public virtual string Written(string token) => token;

    /// <summary>A token's text, or null where it stands for none by itself.</summary>
    public abstract string? GetSurface(string token);

    /// <summary>A normalized text as a person reads it.</summary>
    public virtual string Read(string normalized) => normalized;

    /// <summary>The length of the longest start of a word that is written in at most so many characters.</summary>
    public int LengthWithin(string word, int written)
    {
        var length = 0;
        foreach (var rune in word.EnumerateRunes())
        {
            written -= WrittenLength(rune);
            if (written < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    /// <summary>The number of characters in which one character of a text is written.</summary>
    protected abstract int WrittenLength(Rune rune);
}
