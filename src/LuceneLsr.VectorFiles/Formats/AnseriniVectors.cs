using System.Buffers;
using System.Text;
using System.Text.Json;
using LuceneLsr.Files;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Reads and writes precomputed vectors in the format of Anserini's JsonVectorCollection, one JSON object per line:
/// <c>{"id": "d1", "contents": "a text", "vector": {"term": 1.5}}</c>. The field <c>contents</c> is optional; some
/// programs name it <c>content</c>. Other fields are ignored. Objects over several lines and arrays of objects are read
/// as well.
/// </summary>
public static class AnseriniVectors
{
    private static readonly AnseriniFormat Format = new();

    /// <summary>Streams the records of a file.</summary>
    /// <param name="path">
    /// A .jsonl or .jsonl.gz file. If only <paramref name="path"/> + ".gz" exists, that file is read instead.
    /// </param>
    /// <exception cref="FileNotFoundException">Neither file exists.</exception>
    /// <exception cref="InvalidDataException">
    /// While enumerating: a line is not a valid record, or the compressed data is corrupt. The message names the file
    /// and the line.
    /// </exception>
    public static IEnumerable<VectorRecord> ReadFile(string path) => ReadNumberedFile(path).Select(line => line.Record);

    /// <summary>Streams records from a reader.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="name">The name of the source in error messages, usually a file name.</param>
    /// <exception cref="InvalidDataException">
    /// While enumerating: a line is not a valid record. The message names the source and the line.
    /// </exception>
    public static IEnumerable<VectorRecord> Read(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return JsonObjects.Read(reader, name).Select(Parse);
    }

    /// <summary>Writes a record as one line that ends with a line feed.</summary>
    public static void Write(TextWriter writer, VectorRecord record)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(record);
        var line = new ArrayBufferWriter<byte>();
        Format.Write(line, record);
        writer.Write(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    /// <summary>Streams the records of a file with their lines.</summary>
    internal static IEnumerable<(TextLine Line, VectorRecord Record)> ReadNumberedFile(string path) =>
        JsonObjects.Read(path).Select(line => (line, Parse(line)));

    private static VectorRecord Parse(TextLine line)
    {
        var record = JsonRecord.Parse(line);
        try
        {
            return ToVectorRecord(record);
        }
        catch (ArgumentException error)
        {
            throw line.CreateError(ArgumentErrors.Describe(error), error);
        }
        catch (InvalidOperationException error) // invalid UTF-16
        {
            throw line.CreateError(error.Message, error);
        }
    }

    private static VectorRecord ToVectorRecord(JsonRecord record)
    {
        var id = record.GetId("id");
        var vector = record.Find("vector", JsonValueKind.Object)
            ?? throw record.CreateError($"record '{id}' has no field \"vector\".");
        var contents = record.Find("contents", JsonValueKind.String) ?? record.Find("content", JsonValueKind.String);
        return new VectorRecord(
            id,
            contents?.ToString() ?? "",
            new SparseVector(vector.EnumerateObject().Select(entry => ToTermWeight(record, entry))));
    }

    private static TermWeight ToTermWeight(JsonRecord record, JsonProperty entry) =>
        entry.Value.ValueKind == JsonValueKind.Number
            ? new(entry.Name, entry.Value.GetSingle())
            : throw record.CreateError(
                $"the weight of term '{entry.Name}' is a JSON {entry.Value.ValueKind}, expected Number.");
}
