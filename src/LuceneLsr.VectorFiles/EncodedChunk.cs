using System.Security.Cryptography;
using System.Text;

namespace LuceneLsr.VectorFiles;

/// <summary>A chunk of texts whose vectors are on disk.</summary>
/// <param name="Texts">The number of texts.</param>
/// <param name="End">The end of their vectors in the file, in bytes.</param>
/// <param name="Digest">The digest of their ids and contents.</param>
/// <param name="Checksum">The checksum of their bytes in the file, or null in journals of earlier versions.</param>
internal sealed record EncodedChunk(int Texts, long End, string Digest, string? Checksum)
{
    private const int HashLength = 16; // hexadecimal digits

    /// <summary>Computes a digest that depends on the ids and contents of texts and on their order.</summary>
    public static string ComputeDigest(IReadOnlyList<TextRecord> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (id, contents) in texts)
        {
            Append(hash, id);
            Append(hash, contents);
        }

        return Format(hash.GetHashAndReset());
    }

    /// <summary>Computes the checksum of bytes in the file.</summary>
    public static string ComputeChecksum(ReadOnlySpan<byte> bytes) => Format(SHA256.HashData(bytes));

    private static string Format(byte[] hash) => Convert.ToHexStringLower(hash)[..HashLength];

    private static void Append(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0xFF]); // a separator that never occurs in UTF-8, so that "ab", "c" differs from "a", "bc"
    }
}
