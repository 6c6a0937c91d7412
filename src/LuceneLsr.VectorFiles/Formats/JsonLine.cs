using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>Writes JSON objects, one a line.</summary>
internal static class JsonLine
{
    private static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an object as a line that ends in a line feed.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="writeMembers">Writes the object's members.</param>
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

    /// <summary>Writes a member that maps terms to weights.</summary>
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
