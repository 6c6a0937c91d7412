using System.Security.Cryptography;
using System.Text;

namespace LuceneLsr.VectorFiles;

/// <summary>A chunk of texts whose vectors are on disk.</summary>
/// <param name="Texts">The number of texts.</param>
/// <param name="End">The end of their vectors in the file, in bytes.</param>
/// <param name="Digest">The digest of their ids and contents.</param>
internal sealed record EncodedChunk(int Texts, long End, string Digest)
{
    /// <summary>Computes a digest that depends on the ids and contents of texts and on their order.</summary>
    public static string ComputeDigest(IReadOnlyList<TextRecord> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (id, contents) in texts)
        {
            Append(hash, id);
            Append(hash, contents);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static void Append(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0xFF]); // a separator that never occurs in UTF-8, so that "ab", "c" differs from "a", "bc"
    }
}
