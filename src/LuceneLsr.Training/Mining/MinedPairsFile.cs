using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Mining;

/// <summary>
/// Writes mined pairs as JSONL, one object per pair:
/// <c>{"query": "...", "positive": "...", "negatives": ["..."], "scores": [...]}</c>. "scores" is omitted if null.
/// </summary>
public static class MinedPairsFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // human-readable texts
    };

    /// <summary>Throws if a path exists, because files are never overwritten.</summary>
    /// <exception cref="IOException">The path exists.</exception>
    public static void ThrowIfExists(string path)
    {
        if (Path.Exists(path))
        {
            throw new IOException($"{path} already exists. Choose a new file, or delete this one first.");
        }
    }

    /// <summary>Writes a file, which becomes visible only when it is complete.</summary>
    /// <param name="path">A new file; compressed if its name ends in ".gz".</param>
    /// <param name="pairs">The pairs, enumerated once while they are written.</param>
    /// <exception cref="IOException">The file already exists or cannot be written.</exception>
    public static void Write(string path, IEnumerable<MinedPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ThrowIfExists(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(
            path,
            file => WriteLines(file, pairs, GzipFile.HasExtension(path)),
            overwrite: false);
    }

    private static void WriteLines(FileStream file, IEnumerable<MinedPair> pairs, bool isCompressed)
    {
        if (!isCompressed)
        {
            WriteLines(file, pairs);
            return;
        }

        using var compressed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
        WriteLines(compressed, pairs);
    }

    private static void WriteLines(Stream target, IEnumerable<MinedPair> pairs)
    {
        foreach (var pair in pairs)
        {
            JsonSerializer.Serialize(target, pair, Json);
            target.WriteByte((byte)'\n');
        }
    }
}
