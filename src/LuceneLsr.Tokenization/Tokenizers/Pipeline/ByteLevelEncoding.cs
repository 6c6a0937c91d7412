using System.Text;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>The encoding of byte-level BPE: UTF-8 bytes as characters of the <see cref="ByteLevelAlphabet"/>.</summary>
internal sealed class ByteLevelEncoding : CharacterEncoding
{
    /// <inheritdoc/>
    public override string Encode(string word) => ByteLevelAlphabet.Encode(word);

    /// <inheritdoc/>
    public override string GetSurface(string token) => ByteLevelAlphabet.Decode(token);

    /// <inheritdoc/>
    protected override int GetEncodedLength(Rune rune) => rune.Utf8SequenceLength;
}
