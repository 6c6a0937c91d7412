using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LuceneLsr.Hosting.Caching;

/// <summary>
/// Keys of query vectors. The text is hashed, because keys of caches are limited in length and characters, and because
/// what people search for should not be readable in a shared cache.
/// </summary>
internal static class QueryVectorKey
{
    /// <summary>Creates the key of a query's vector by an encoder.</summary>
    public static string Create(ISparseEncoder encoder, string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, encoder.VocabularyId);
        Append(hash, encoder.Identity?.Fingerprint ?? "");
        Append(hash, text);
        return $"lucenelsr:query:{Convert.ToHexString(hash.GetHashAndReset())}";
    }

    // The length keeps parts apart. UTF-8 would make texts with different lone surrogates equal.
    private static void Append(IncrementalHash hash, string part)
    {
        hash.AppendData(BitConverter.GetBytes(part.Length));
        hash.AppendData(MemoryMarshal.AsBytes(part.AsSpan()));
    }
}
