using System.Text;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>The encoding of byte-level BPE: UTF-8 bytes as characters of the <see cref="ByteLevelAlphabet"/>.</summary>
internal sealed class ByteLevelEncoding : CharacterEncoding
{
    /// <summary>The space before a text that does not start with one.</summary>
    public static readonly TextPrefix Prefix = new(' ', IsDoubled: false, IsOnlyFirst: false);

    private ByteLevelEncoding()
    {
    }

    /// <summary>Gets the encoding.</summary>
    public static ByteLevelEncoding Instance { get; } = new();

    /// <inheritdoc/>
    public override string Encode(string word) => ByteLevelAlphabet.Encode(word);

    /// <inheritdoc/>
    public override string GetSurface(string token) => ByteLevelAlphabet.Decode(token);

    /// <inheritdoc/>
    protected override int GetEncodedLength(Rune rune) => rune.Utf8SequenceLength;
}
