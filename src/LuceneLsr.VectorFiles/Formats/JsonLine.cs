using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>Writes JSON objects, one per line.</summary>
internal static class JsonLine
{
    private static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an object as one line that ends with a line feed.</summary>
    /// <param name="output">The output.</param>
    /// <param name="writeMembers">Writes the members of the object.</param>
    public static void Write(IBufferWriter<byte> output, Action<Utf8JsonWriter> writeMembers)
    {
        using (var json = new Utf8JsonWriter(output, Readable))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>Writes a member with an object that maps terms to weights.</summary>
    public static void WriteWeights(this Utf8JsonWriter json, string name, IEnumerable<TermWeight> weights)
    {
        json.WriteStartObject(name);
        foreach (var (term, weight) in weights)
        {
            json.WriteNumber(term, weight);
        }

        json.WriteEndObject();
    }
}
