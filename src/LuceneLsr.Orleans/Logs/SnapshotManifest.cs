using System.Text.Json;

namespace LuceneLsr.Orleans.Logs;

/// <summary>
/// Lists the files of a snapshot. It is written after them, so a snapshot with a manifest is complete.
/// </summary>
/// <param name="Version">The version of this format, 1.</param>
/// <param name="Sequence">The last batch that the snapshot includes.</param>
/// <param name="Prefix">The prefix of the keys of its files.</param>
/// <param name="Files">Its files.</param>
internal sealed record SnapshotManifest(int Version, long Sequence, string Prefix, IReadOnlyList<SnapshotFile> Files)
{
    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Gets the total size of the files in bytes.</summary>
    public long Size => Files.Sum(file => file.Length);

    /// <summary>Returns the bytes of the manifest, JSON in UTF-8.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Reads the bytes of a manifest.</summary>
    /// <exception cref="InvalidDataException">It is corrupt, or of a later version.</exception>
    public static SnapshotManifest Parse(string key, byte[] bytes)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<SnapshotManifest>(bytes);
            return manifest is { Version: CurrentVersion }
                ? manifest
                : throw new InvalidDataException(
                    $"The manifest {key} has version {manifest?.Version}, but this program reads version "
                    + $"{CurrentVersion}. Update it.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"The manifest {key} is corrupt: {exception.Message} Restore it from a backup of the store.",
                exception);
        }
    }
}
