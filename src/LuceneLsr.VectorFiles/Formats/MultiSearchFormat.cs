using System.Buffers;
using System.Text.Json;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Writes queries as lines of a multi-search request (<c>_msearch</c>) to Elasticsearch or OpenSearch, two per query: a
/// header with the index, and the body. Responses have the order of the queries. The <c>_name</c> of each query is its
/// id, which hits repeat in <c>matched_queries</c>. Weights are not quantized: the score of a document is the dot
/// product of the two vectors.
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

    /// <summary>Gets the vector field.</summary>
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
                WriteQuery(json, record.Id, FeatureNames.Escape(record.Vector));
            }
            else
            {
                WriteMatchNone(json, record.Id); // a "bool" without clauses matches every document
            }

            json.WriteEndObject();
        });
    }

    /// <summary>Writes the typed query inside "query".</summary>
    private protected abstract void WriteQuery(Utf8JsonWriter json, string id, IEnumerable<TermWeight> features);

    /// <summary>Writes the name of the query.</summary>
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
