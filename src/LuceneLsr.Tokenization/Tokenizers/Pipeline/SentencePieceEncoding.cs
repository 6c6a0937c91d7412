using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LuceneLsr.Files;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>
/// The encoding of SentencePiece (Kudo and Richardson, 2018): characters as they are, and a space as "▁". With byte
/// fallback, a character outside the vocabulary becomes its UTF-8 bytes, the tokens "&lt;0x00&gt;" to "&lt;0xFF&gt;".
/// </summary>
internal sealed partial class SentencePieceEncoding : CharacterEncoding
{
    /// <summary>The character that replaces a space.</summary>
    public const char Space = '\u2581';

    /// <summary>The space before a text that does not start with one.</summary>
    public static readonly TextPrefix Prefix = new(Space, IsDoubled: false, IsOnlyFirst: false);

    private const char FirstByte = '\uDC00'; // a byte becomes a lone surrogate, which never occurs in well-formed text

    private readonly HashSet<Rune>? _characters; // null without byte fallback, which keeps every character

    private SentencePieceEncoding(HashSet<Rune>? characters) => _characters = characters;

    /// <summary>Gets the encoding of a vocabulary without byte fallback.</summary>
    public static SentencePieceEncoding Plain { get; } = new(null);

    /// <summary>Creates the encoding of a vocabulary with byte fallback.</summary>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="field">The field that enables byte fallback, for the message.</param>
    /// <exception cref="InvalidDataException">The vocabulary lacks a byte.</exception>
    public static SentencePieceEncoding CreateWithByteFallback(
        IReadOnlyDictionary<string, int> vocabulary, string field)
    {
        Require.Field(Enumerable.Range(0, 256).All(value => vocabulary.ContainsKey($"<0x{value:X2}>")), field,
            "the vocabulary must contain all bytes, '<0x00>' to '<0xFF>'");
        return new([.. vocabulary.Keys.Select(ToSingleRune).OfType<Rune>()]);
    }

    /// <summary>Gets the step that replaces spaces with <see cref="Space"/>.</summary>
    public static NormalizerStep MarkSpaces { get; } =
        NormalizerStep.PerCharacter(text => text.Replace(' ', Space));

    /// <summary>Gets the steps that remove spaces at both ends and repeated ones.</summary>
    public static IReadOnlyList<NormalizerStep> RemoveExtraSpaces { get; } =
        [NormalizerStep.Trim(character => character == ' '), NormalizerStep.Replace(RepeatedSpaces(), " ")];

    /// <summary>Gets the steps that replace the white space between words with <see cref="Space"/>.</summary>
    public static IReadOnlyList<NormalizerStep> MarkWords { get; } =
        [NormalizerStep.Trim(char.IsWhiteSpace), NormalizerStep.Replace(BetweenWords(), $"{Space}")];

    /// <inheritdoc/>
    public override string Encode(string word)
    {
        if (_characters is null)
        {
            return word;
        }

        var encoded = new StringBuilder(word.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in word.EnumerateRunes())
        {
            if (_characters.Contains(rune))
            {
                encoded.Append(rune);
                continue;
            }

            foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
            {
                encoded.Append((char)(FirstByte + value));
            }
        }

        return encoded.ToString();
    }

    /// <inheritdoc/>
    public override string EncodeToken(string token) =>
        ToByte(token) is { } value ? $"{(char)(FirstByte + value)}" : token;

    /// <inheritdoc/>
    public override string? GetSurface(string token) => ToByte(token) is null ? Decode(token) : null;

    /// <inheritdoc/>
    public override string Decode(string normalized) => normalized.Replace(Space, ' ');

    /// <inheritdoc/>
    protected override int GetEncodedLength(Rune rune) =>
        _characters is null || _characters.Contains(rune) ? rune.Utf16SequenceLength : rune.Utf8SequenceLength;

    private static Rune? ToSingleRune(string token) =>
        Rune.DecodeFromUtf16(token, out var rune, out var length) == OperationStatus.Done && length == token.Length
            ? rune
            : null;

    private byte? ToByte(string token) =>
        _characters is not null && token is ['<', '0', 'x', _, _, '>']
            && byte.TryParse(
                token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    // A word that starts with the mark has no second one.
    [GeneratedRegex(@"\s+\u2581?")]
    private static partial Regex BetweenWords();

    [GeneratedRegex(" {2,}")]
    private static partial Regex RepeatedSpaces();
}
