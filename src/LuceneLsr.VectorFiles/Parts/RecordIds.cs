using System.Text;
using System.Text.Json;
using LuceneLsr.Files;

namespace LuceneLsr.VectorFiles.Parts;

/// <summary>Reads the ids in a vector file of any format.</summary>
internal static class RecordIds
{
    private const int IdDepth = 1;

    /// <summary>
    /// Streams the ids of a file with their lines. Lines without an id, such as sources, are skipped.
    /// </summary>
    /// <exception cref="InvalidDataException">A line is not valid JSON.</exception>
    public static IEnumerable<(int Line, string Id)> Read(string path) =>
        from line in TextLines.Read(path)
        let id = Find(line)
        where id is not null
        select (line.Number, id);

    private static string? Find(TextLine line)
    {
        if (!line.Text.StartsWith('{'))
        {
            return line.Text.Split('\t')[0]; // a topic of Anserini
        }

        try
        {
            return FindInJson(Encoding.UTF8.GetBytes(line.Text));
        }
        catch (JsonException error)
        {
            throw line.CreateError("invalid JSON. Encode or copy the file again.", error);
        }
    }

    // "id" of Anserini's records, "_id" of the action of a bulk request, "_name" of a query. Weights are numbers, so
    // terms with these names are not taken for ids.
    private static string? FindInJson(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        string? found = null;
        while (reader.Read())
        {
            if (found is null && reader.TokenType == JsonTokenType.PropertyName
                && ((reader.CurrentDepth == IdDepth && reader.ValueTextEquals("id"u8))
                    || reader.ValueTextEquals("_id"u8) || reader.ValueTextEquals("_name"u8))
                && reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                found = reader.GetString();
            }
        }

        return found;
    }
}
