using LuceneLsr.Files;

namespace LuceneLsr.VectorFiles.Parts;

/// <summary>A part whose manifest is valid.</summary>
/// <param name="Part">The part.</param>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Shard">Its shard.</param>
internal sealed record ManifestedPart(VectorFilePart Part, VectorFileManifest Manifest, Shard Shard)
{
    /// <summary>Reads the manifest of a file.</summary>
    /// <returns>The part, or what is wrong with its file or manifest.</returns>
    public static (ManifestedPart? Part, string? Problem) TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return (null, $"{path} does not exist. Check the path.");
        }

        var manifestPath = VectorFileManifest.GetPath(path);
        try
        {
            var manifest = VectorFileManifest.Read(path);
            return Shard.TryParse(manifest.Shard, out var shard)
                ? (new(Describe(path, manifest), manifest, shard), null)
                : (null, $"{manifestPath}: '{manifest.Shard}' is no shard. Encode it again.");
        }
        catch (FileNotFoundException)
        {
            return (null, $"{path} has no manifest, {manifestPath}. Copy it, or encode the shard again.");
        }
        catch (InvalidDataException error)
        {
            return (null, error.Message);
        }
    }

    /// <summary>Describes a file with its manifest, or null if that is missing or malformed.</summary>
    public static VectorFilePart Describe(string path, VectorFileManifest? manifest) =>
        new(path, manifest?.Shard, manifest?.Texts ?? 0, File.Exists(path) ? new FileInfo(path).Length : 0);
}
