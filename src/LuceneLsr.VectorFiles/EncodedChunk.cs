using System.Security.Cryptography;

namespace LuceneLsr.VectorFiles;

/// <summary>Texts that were encoded together and whose vectors are on disk.</summary>
/// <param name="Texts">Their number.</param>
/// <param name="End">Where their vectors end in the file, in bytes.</param>
/// <param name="Digest">The fingerprint of their ids and contents.</param>
internal sealed record EncodedChunk(int Texts, long End, string Digest)
{
    /// <summary>The fingerprint of texts: equal only for the same ids and contents in the same order.</summary>
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
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(text));
        hash.AppendData([0xFF]); // in no UTF-8, so that "ab" and "c" differ from "a" and "bc"
    }
}
