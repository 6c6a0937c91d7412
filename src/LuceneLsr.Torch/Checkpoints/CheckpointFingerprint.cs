using System.Security.Cryptography;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>Identifies a checkpoint by the content of the files that an encoder reads.</summary>
public static class CheckpointFingerprint
{
    private const int Length = 12;

    /// <summary>
    /// Computes the fingerprint of a checkpoint directory and of additional files: 12 hexadecimal digits.
    /// </summary>
    public static string Compute(string checkpoint, params IEnumerable<string> additionalFiles)
    {
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in CheckpointFiles.Enumerate(checkpoint).Concat(additionalFiles))
        {
            using var file = File.OpenRead(path);
            content.AppendData(SHA256.HashData(file));
        }

        return Convert.ToHexStringLower(content.GetHashAndReset())[..Length];
    }
}
