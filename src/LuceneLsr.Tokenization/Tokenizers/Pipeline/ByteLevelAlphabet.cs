using System.Text;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>
/// The bijection between bytes and printable characters that byte-level BPE vocabularies use (GPT-2's
/// bytes_to_unicode). Printable Latin-1 bytes map to themselves, the others to U+0100 and up in order.
/// </summary>
internal static class ByteLevelAlphabet
{
    private static readonly char[] CharOfByte = BuildTable();

    private static readonly Dictionary<char, byte> ByteOfChar =
        Enumerable.Range(0, 256).ToDictionary(value => CharOfByte[value], value => (byte)value);

    /// <summary>Gets the characters, indexed by byte value.</summary>
    public static IReadOnlyList<char> Characters => CharOfByte;

    /// <summary>Encodes the UTF-8 bytes of a text as characters of the alphabet.</summary>
    public static string Encode(string text) =>
        string.Create(Encoding.UTF8.GetByteCount(text), text, static (span, source) =>
        {
            var bytes = Encoding.UTF8.GetBytes(source);
            for (var index = 0; index < span.Length; index++)
            {
                span[index] = CharOfByte[bytes[index]];
            }
        });

    /// <summary>
    /// Decodes a token to text. Incomplete UTF-8 sequences become U+FFFD. A token with characters outside the alphabet
    /// is returned unchanged.
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

        return Encoding.UTF8.GetString(bytes);
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
