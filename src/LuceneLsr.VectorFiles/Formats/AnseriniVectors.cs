using System.Buffers;
using System.IO.Compression;
using System.Text.Json;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Ready vectors in the form of Anserini's JsonVectorCollection, one JSON object a line:
/// <c>{"id": "d1", "contents": "a text", "vector": {"term": 1.5}}</c>, where <c>contents</c> may be left out.
/// Other properties are skipped.
/// </summary>
public static class AnseriniVectors
{
    private static readonly AnseriniFormat Format = new();

    /// <summary>Reads a file's records one by one, as they are asked for.</summary>
    /// <param name="path">The file; one whose name ends in ".gz" is decompressed.</param>
    /// <exception cref="InvalidDataException">
    /// A line is no record, or the compressed data are damaged; the message names file and line.
    /// </exception>
    public static IEnumerable<VectorRecord> ReadFile(string path) =>
        ReadNumberedFile(path).Select(line => line.Record);

    /// <summary>Reads records one by one, as they are asked for. Blank lines are skipped.</summary>
    /// <param name="reader">The lines.</param>
    /// <param name="name">What error messages call the source, its file name as a rule.</param>
    /// <exception cref="InvalidDataException">A line is no record; the message names source and line.</exception>
    public static IEnumerable<VectorRecord> Read(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return ReadNumbered(reader, name).Select(line => line.Record);
    }

    /// <summary>Writes a record as a line that ends in a line feed.</summary>
    public static void Write(TextWriter writer, VectorRecord record)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(record);
        var line = new ArrayBufferWriter<byte>();
        Format.Write(line, record);
        writer.Write(System.Text.Encoding.UTF8.GetString(line.WrittenSpan));
    }

    /// <summary>As <see cref="ReadFile"/>, each record with the number of its line, from 1.</summary>
    internal static IEnumerable<(int Number, VectorRecord Record)> ReadNumberedFile(string path)
    {
        using var reader = OpenText(path);
        foreach (var line in ReadNumbered(reader, path))
        {
            yield return line;
        }
    }

    private static StreamReader OpenText(string path) =>
        path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
            : File.OpenText(path);

    private static IEnumerable<(int Number, VectorRecord Record)> ReadNumbered(TextReader reader, string name)
    {
        var number = 0;
        while (ReadLine(reader, name, ++number) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return (number, Parse(line, $"{name}, line {number}"));
            }
        }
    }

    private static string? ReadLine(TextReader reader, string name, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(
                $"{name}: damaged after line {number - 1}, or no gzip file. Compress it again.", error);
        }
    }

    private static VectorRecord Parse(string line, string place)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return Record(json.RootElement);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{place}, byte {error.BytePositionInLine + 1}: broken JSON.", error);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"{place}: {error.Message}", error);
        }
    }

    private static VectorRecord Record(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("A record is a JSON object.");
        }

        var id = Property(record, "id", JsonValueKind.String, JsonValueKind.Number)
            ?? throw new FormatException("The record has no \"id\".");
        var vector = Property(record, "vector", JsonValueKind.Object)
            ?? throw new FormatException($"Record '{id}' has no \"vector\".");
        var contents = Property(record, "contents", JsonValueKind.String);
        return new(id.ToString(), contents?.ToString() ?? "", new SparseVector(vector.EnumerateObject().Select(Entry)));
    }

    private static JsonElement? Property(JsonElement record, string name, params JsonValueKind[] kinds)
    {
        if (!record.TryGetProperty(name, out var value))
        {
            return null;
        }

        return kinds.Contains(value.ValueKind) ? value : throw new FormatException(
            $"\"{name}\" is of kind {value.ValueKind}, not {string.Join(" or ", kinds)}.");
    }

    private static TermWeight Entry(JsonProperty entry) =>
        entry.Value.ValueKind == JsonValueKind.Number
            ? new(entry.Name, entry.Value.GetSingle())
            : throw new FormatException(
                $"The weight of term '{entry.Name}' is of kind {entry.Value.ValueKind}, not Number.");
}
