using System.Text;

namespace LuceneLsr.Tools.Soak.Damage;

/// <summary>A random change to the bytes of a file.</summary>
/// <param name="Name">What changes.</param>
/// <param name="Apply">Returns the changed bytes of a file that is not empty.</param>
internal sealed record Mutation(string Name, Func<byte[], Random, byte[]> Apply)
{
    private const int MaxRange = 256;

    private static readonly string[] Values =
    [
        "-1", "0", "1e999", "99999999999999999999", "2147483647", "null", "[]", "{}", "\"\"", "true", "NaN",
        "\"\\ud800\"", "\t", "\n", "\0",
    ];

    private static readonly Mutation[] OfBytes =
    [
        new("a bit flipped", (bytes, random) => Change(bytes, random, old => (byte)(old ^ (1 << random.Next(8))))),
        new("a byte changed", (bytes, random) => Change(bytes, random, _ => (byte)random.Next(256))),
        new("the end cut off", (bytes, random) => bytes[..random.Next(bytes.Length)]),
        new("a range zeroed", (bytes, random) => Replace(bytes, random, old => new byte[old.Length])),
        new("a range removed", (bytes, random) => Replace(bytes, random, _ => [])),
        new("a range doubled", (bytes, random) => Replace(bytes, random, old => [.. old, .. old])),
        new("a range of noise", (bytes, random) => Replace(bytes, random, old =>
        {
            random.NextBytes(old);
            return old;
        })),
    ];

    private static readonly Mutation[] OfText =
    [
        new("a number replaced", (bytes, random) => ReplaceNumber(bytes, random)),
        new("a value inserted", (bytes, random) =>
            Splice(bytes, random.Next(bytes.Length), 0, Encoding.UTF8.GetBytes(Values[random.Next(Values.Length)]))),
    ];

    /// <summary>Chooses a mutation.</summary>
    /// <param name="random">The source of the choice.</param>
    /// <param name="isText">Whether the file is text, so that values may be replaced as well as bytes.</param>
    public static Mutation Choose(Random random, bool isText)
    {
        Mutation[] choices = isText ? [.. OfBytes, .. OfText] : OfBytes;
        return choices[random.Next(choices.Length)];
    }

    private static byte[] Change(byte[] bytes, Random random, Func<byte, byte> change)
    {
        byte[] copy = [.. bytes];
        var position = random.Next(copy.Length);
        copy[position] = change(copy[position]);
        return copy;
    }

    private static byte[] Replace(byte[] bytes, Random random, Func<byte[], byte[]> replace)
    {
        var start = random.Next(bytes.Length);
        var length = random.Next(1, Math.Min(MaxRange, bytes.Length - start) + 1);
        return Splice(bytes, start, length, replace(bytes[start..(start + length)]));
    }

    private static byte[] ReplaceNumber(byte[] bytes, Random random)
    {
        var from = random.Next(bytes.Length);
        var start = Array.FindIndex(bytes, from, IsDigit);
        start = start < 0 ? Array.FindIndex(bytes, IsDigit) : start;
        if (start < 0)
        {
            return bytes[..^1];
        }

        var end = Array.FindIndex(bytes, start, other => !IsDigit(other));
        return Splice(
            bytes, start, (end < 0 ? bytes.Length : end) - start,
            Encoding.UTF8.GetBytes(Values[random.Next(Values.Length)]));
    }

    private static bool IsDigit(byte character) => char.IsAsciiDigit((char)character);

    private static byte[] Splice(byte[] bytes, int start, int length, byte[] middle) =>
        [.. bytes[..start], .. middle, .. bytes[(start + length)..]];
}
