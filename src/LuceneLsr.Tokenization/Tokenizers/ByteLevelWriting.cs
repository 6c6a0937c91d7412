using System.Text;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>The writing of byte-level BPE: a text's UTF-8 bytes in the <see cref="ByteLevelAlphabet"/>.</summary>
internal sealed class ByteLevelWriting : TokenWriting
{
    /// <inheritdoc/>
    public override string Write(string word) => ByteLevelAlphabet.Encode(word);

    /// <inheritdoc/>
    public override string GetSurface(string token) => ByteLevelAlphabet.Decode(token);

    /// <inheritdoc/>
    protected override int WrittenLength(Rune rune) => rune.Utf8SequenceLength;
}
