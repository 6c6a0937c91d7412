using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using LuceneLsr.Files;

namespace LuceneLsr.Tokenization.Tokenizers.Normalizers;

/// <summary>
/// The compiled normalization rule of a SentencePiece model (<c>precompiled_charsmap</c>), such as NFKC: the size of a
/// double-array trie in bytes, the trie, and the replacements, each ended by a zero byte. All numbers are 32-bit and
/// little-endian.
/// </summary>
/// <remarks>
/// The map is applied as in Hugging Face's <c>Precompiled</c>: a grapheme of less than 6 bytes is replaced as a whole
/// if it starts with an entry, otherwise each of its characters is.
/// </remarks>
internal sealed class CharacterMap
{
    private const int MaxGraphemeBytes = 5;

    private readonly uint[] _trie;
    private readonly byte[] _replacements;

    /// <summary>Reads a compiled rule.</summary>
    /// <param name="bytes">The rule.</param>
    /// <param name="field">The field that contains it, for the message.</param>
    /// <exception cref="InvalidDataException">The bytes are not a compiled rule.</exception>
    public CharacterMap(ReadOnlySpan<byte> bytes, string field)
    {
        var size = bytes.Length < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        Require.Field(
            size > 0 && size % sizeof(uint) == 0 && size <= bytes.Length - sizeof(uint), field,
            "it is not a compiled character map");
        _trie = new uint[size / sizeof(uint)];
        for (var index = 0; index < _trie.Length; index++)
        {
            _trie[index] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(sizeof(uint) * (index + 1))..]);
        }

        _replacements = bytes[(sizeof(uint) + (int)size)..].ToArray();
    }

    /// <summary>Normalizes a well-formed text.</summary>
    public string Normalize(string text)
    {
        var normalized = new StringBuilder(text.Length);
        for (int start = 0, length; start < text.Length; start += length)
        {
            length = StringInfo.GetNextTextElementLength(text.AsSpan(start));
            AppendGrapheme(text.AsSpan(start, length), normalized);
        }

        return normalized.ToString();
    }

    private void AppendGrapheme(ReadOnlySpan<char> grapheme, StringBuilder normalized)
    {
        Span<byte> bytes = stackalloc byte[MaxGraphemeBytes];
        if (Encoding.UTF8.TryGetBytes(grapheme, bytes, out var count) && Find(bytes[..count]) is { } replacement)
        {
            normalized.Append(replacement);
            return;
        }

        foreach (var rune in grapheme.EnumerateRunes())
        {
            if (Find(bytes[..rune.EncodeToUtf8(bytes)]) is { } part)
            {
                normalized.Append(part);
            }
            else
            {
                normalized.Append(rune);
            }
        }
    }

    // Finds the replacement of the shortest entry that is a prefix of the key.
    private string? Find(ReadOnlySpan<byte> key)
    {
        var node = GetOffset(_trie[0]);
        foreach (var value in key)
        {
            node ^= value;
            if (value == 0 || node >= _trie.Length || (_trie[node] & 0x800000FF) != value)
            {
                return null;
            }

            var isEntry = (_trie[node] & 0x100) != 0;
            node ^= GetOffset(_trie[node]);
            if (isEntry && node < _trie.Length)
            {
                return ReadReplacement(_trie[node] & int.MaxValue);
            }
        }

        return null;
    }

    private string? ReadReplacement(uint start)
    {
        if (start > _replacements.Length)
        {
            return null;
        }

        var rest = _replacements.AsSpan((int)start);
        var length = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(length < 0 ? rest : rest[..length]);
    }

    private static uint GetOffset(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);
}
