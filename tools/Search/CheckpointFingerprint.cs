using System.Security.Cryptography;

namespace LuceneLsr.Tools.Search;

/// <summary>Tells checkpoints apart by the content of all that an encoder reads of them.</summary>
internal static class CheckpointFingerprint
{
    /// <summary>The fingerprint of a checkpoint directory and of further files.</summary>
    public static string Of(string checkpoint, params string[] further)
    {
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in CheckpointFiles.Of(checkpoint).Concat(further))
        {
            using var file = File.OpenRead(path);
            content.AppendData(SHA256.HashData(file));
        }

        return Convert.ToHexStringLower(content.GetHashAndReset())[..12];
    }
}
