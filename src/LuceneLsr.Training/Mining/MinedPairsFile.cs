using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LuceneLsr.Files;
using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Training.Mining;

/// <summary>
/// Writes mined pairs as JSONL, an object a pair:
/// <c>{"query": "...", "positive": "...", "negatives": ["..."], "scores": [...]}</c>, the scores where there are any.
/// </summary>
public static class MinedPairsFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // texts that people can read
    };

    /// <summary>Refuses a path that is taken: nothing is written over.</summary>
    /// <exception cref="IOException">There is something.</exception>
    public static void RequireNew(string path)
    {
        if (Path.Exists(path))
        {
            throw new IOException($"{path} is there already. Name a new file, or remove this one first.");
        }
    }

    /// <summary>Writes a file, which appears when it is complete.</summary>
    /// <param name="path">A new file; one whose name ends in ".gz" is compressed.</param>
    /// <param name="pairs">The pairs, enumerated once, while they are written.</param>
    /// <exception cref="IOException">The file exists already, or cannot be written.</exception>
    public static void Write(string path, IEnumerable<MinedPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        RequireNew(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(
            path,
            file => WriteLines(file, pairs, path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)),
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
