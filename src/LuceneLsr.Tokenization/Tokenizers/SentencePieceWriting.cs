using System.Buffers;
using System.Globalization;
using System.Text;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>
/// The writing of SentencePiece (Kudo and Richardson, 2018): a text's own characters, a space as "▁". With byte
/// fallback, one that is not in the vocabulary is written as its UTF-8 bytes, tokens "&lt;0x00&gt;" to "&lt;0xFF&gt;".
/// </summary>
internal sealed class SentencePieceWriting : TokenWriting
{
    /// <summary>What stands for a space.</summary>
    public const char Space = '\u2581';

    private const char FirstByte = '\uDC00'; // a byte is a lone surrogate, which no well-formed text holds

    private readonly HashSet<Rune>? _characters; // null without byte fallback: any character then stays as it is

    private SentencePieceWriting(HashSet<Rune>? characters) => _characters = characters;

    /// <summary>The writing of a vocabulary without byte fallback.</summary>
    public static SentencePieceWriting Plain { get; } = new(null);

    /// <summary>The writing of a vocabulary with byte fallback, or null if it lacks a byte.</summary>
    public static SentencePieceWriting? WithBytes(IReadOnlyDictionary<string, int> vocabulary) =>
        Enumerable.Range(0, 256).All(value => vocabulary.ContainsKey($"<0x{value:X2}>"))
            ? new([.. vocabulary.Keys.Select(OnlyCharacter).OfType<Rune>()])
            : null;

    /// <inheritdoc/>
    public override string Write(string word)
    {
        if (_characters is null)
        {
            return word;
        }

        var written = new StringBuilder(word.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in word.EnumerateRunes())
        {
            if (_characters.Contains(rune))
            {
                written.Append(rune);
                continue;
            }

            foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
            {
                written.Append((char)(FirstByte + value));
            }
        }

        return written.ToString();
    }

    /// <inheritdoc/>
    public override string Written(string token) =>
        ByteOf(token) is { } value ? $"{(char)(FirstByte + value)}" : token;

    /// <inheritdoc/>
    public override string? GetSurface(string token) => ByteOf(token) is null ? Read(token) : null;

    /// <inheritdoc/>
    public override string Read(string normalized) => normalized.Replace(Space, ' ');

    /// <inheritdoc/>
    protected override int WrittenLength(Rune rune) =>
        _characters is null || _characters.Contains(rune) ? rune.Utf16SequenceLength : rune.Utf8SequenceLength;

    private static Rune? OnlyCharacter(string token) =>
        Rune.DecodeFromUtf16(token, out var rune, out var length) == OperationStatus.Done && length == token.Length
            ? rune
            : null;

    private byte? ByteOf(string token) =>
        _characters is not null && token is ['<', '0', 'x', _, _, '>']
            && byte.TryParse(
                token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
