using System.Text;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>
/// The reversible map between bytes and printable characters in which byte-level BPE vocabularies are written
/// (GPT-2's bytes_to_unicode): printable Latin-1 bytes stand for themselves, the others for U+0100 and up in order.
/// </summary>
public static class ByteLevelAlphabet
{
    private static readonly char[] CharOfByte = BuildTable();

    private static readonly Dictionary<char, byte> ByteOfChar =
        Enumerable.Range(0, 256).ToDictionary(value => CharOfByte[value], value => (byte)value);

    /// <summary>The alphabet, by byte value.</summary>
    public static IReadOnlyList<char> Characters => CharOfByte;

    /// <summary>Writes a text's UTF-8 bytes in the alphabet.</summary>
    public static string Encode(string text) =>
        string.Create(System.Text.Encoding.UTF8.GetByteCount(text), text, static (span, source) =>
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(source);
            for (var index = 0; index < span.Length; index++)
            {
                span[index] = CharOfByte[bytes[index]];
            }
        });

    /// <summary>
    /// The text of a token; a part of a character becomes U+FFFD,
    /// a token that is not in the alphabet is returned as it is.
    /// </summary>
    public static string Decode(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var bytes = new byte[token.Length];
        for (var index = 0; index < token.Length; index++)
        {
            if (!ByteOfChar.TryGetValue(token[index], out bytes[index]))
            {
                return token;
            }
        }

        return System.Text.Encoding.UTF8.GetString(bytes);
    }

    private static char[] BuildTable()
    {
        var table = new char[256];
        var next = 256;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            table[value] = (char)(printable ? value : next++);
        }

        return table;
    }
}
