using System.Buffers;
using System.Text.Json;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Queries as lines of a multi-search request (<c>_msearch</c>) to Elasticsearch or OpenSearch, two a query: a header
/// that names the index, and the search's body. Responses come in the order of the lines; besides, the query's id is
/// its <c>_name</c>, which each hit repeats among its <c>matched_queries</c>. Weights are not scaled: a document's
/// score is the dot product of the two vectors.
/// </summary>
public abstract class MultiSearchFormat : IVectorFormat
{
    private readonly string? _index;

    private protected MultiSearchFormat(string? index, string field)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        _index = index;
        Field = field;
    }

    /// <summary>The vector's field.</summary>
    private protected string Field { get; }

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> output, VectorRecord record)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(record);
        JsonLine.Write(output, WriteHeader);
        JsonLine.Write(output, json =>
        {
            json.WriteStartObject("query");
            if (record.Vector.Count > 0)
            {
                WriteQuery(json, record.Id, FeatureNames.Of(record.Vector));
            }
            else
            {
                WriteMatchNone(json, record.Id); // a "bool" without clauses would match everything
            }

            json.WriteEndObject();
        });
    }

    /// <summary>Writes the member of "query" that names its type.</summary>
    private protected abstract void WriteQuery(Utf8JsonWriter json, string id, IEnumerable<TermWeight> features);

    /// <summary>Names the query that is being written.</summary>
    private protected static void WriteName(Utf8JsonWriter json, string id) => json.WriteString("_name", id);

    private void WriteHeader(Utf8JsonWriter json)
    {
        if (_index is not null)
        {
            json.WriteString("index", _index);
        }
    }

    private static void WriteMatchNone(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject("match_none");
        WriteName(json, id);
        json.WriteEndObject();
    }
}
