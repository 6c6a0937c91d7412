using System.Security.Cryptography;
using LuceneLsr.Torch.Checkpoints.Adapters;

namespace LuceneLsr.Tools.Search;

/// <summary>Tells checkpoints apart by the content of all that an encoder reads of them.</summary>
internal static class CheckpointFingerprint
{
    private static readonly string[] Extensions = [".json", ".model", ".safetensors", ".txt"];

    /// <summary>The fingerprint of a checkpoint directory and of further files.</summary>
    public static string Of(string checkpoint, params string[] further)
    {
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in FilesOf(checkpoint).Concat(further))
        {
            using var file = File.OpenRead(path);
            content.AppendData(SHA256.HashData(file));
        }

        return Convert.ToHexStringLower(content.GetHashAndReset())[..12];
    }

    private static IEnumerable<string> FilesOf(string checkpoint)
    {
        var own = Directory.EnumerateFiles(checkpoint)
            .Where(path => Extensions.Contains(Path.GetExtension(path))).Order(StringComparer.Ordinal);
        return LoraConfig.Find(checkpoint) is { } adapter
            ? own.Concat(FilesOf(adapter.BaseDirectory(checkpoint)))
            : own;
    }
}
