using System.Security.Cryptography;
using System.Text;

namespace LuceneLsr.Tokenization.Encoders;

/// <summary>Identifies files by their content: 12 hexadecimal digits of a SHA-256 hash.</summary>
internal static class FileFingerprint
{
    private const int Length = 12;

    /// <summary>Computes the fingerprint of files and of settings that are in none of them.</summary>
    public static string Compute(IEnumerable<string> files, string settings = "")
    {
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in files)
        {
            using var file = File.OpenRead(path);
            content.AppendData(SHA256.HashData(file));
        }

        content.AppendData(Encoding.UTF8.GetBytes(settings));
        return Convert.ToHexStringLower(content.GetHashAndReset())[..Length];
    }
}
