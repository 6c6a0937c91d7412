using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LuceneLsr.Training.Teachers;

/// <summary>Identifies a text of one side by the first 16 bytes of a SHA-256 hash.</summary>
internal static class TextKey
{
    /// <summary>The number of bytes of a key.</summary>
    public const int Length = 16;

    /// <summary>Computes the key of a text.</summary>
    public static UInt128 Compute(string text, TextSide side)
    {
        ReadOnlySpan<byte> hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{side}:{text}"));
        return BinaryPrimitives.ReadUInt128LittleEndian(hash[..Length]);
    }
}
