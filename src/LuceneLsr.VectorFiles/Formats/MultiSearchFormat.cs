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

    /// <summary>
    /// Gets the number of hits, at least 1, or null for the engine's 10. With a number, responses have ids and scores
    /// but no sources, and no count of all hits, so that the engine can skip documents that cannot be among the top
    /// ones.
    /// </summary>
    public int? Size
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(Size), value, "A search must ask for at least one hit.");
    }

    /// <summary>
    /// Gets the factor of the scores, finite and greater than 0. It weighs the query against others in one search, such
    /// as BM25.
    /// </summary>
    public float Boost
    {
        get;
        init => field = float.IsFinite(value) && value > 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(Boost), value, "A boost must be finite and greater than 0.");
    } = 1;

    /// <summary>Gets the vector field.</summary>
    private protected string Field { get; }

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> output, VectorRecord record)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(record);
        JsonLine.Write(output, WriteHeader);
        JsonLine.Write(output, json => WriteBody(json, record));
    }

    /// <summary>Writes the typed query inside "query".</summary>
    private protected abstract void WriteQuery(Utf8JsonWriter json, string id, IEnumerable<TermWeight> features);

    /// <summary>Writes the name of the query.</summary>
    private static void WriteName(Utf8JsonWriter json, string id) => json.WriteString("_name", id);

    /// <summary>Writes the name of the query, and its boost unless that is 1.</summary>
    private protected void WriteNameAndBoost(Utf8JsonWriter json, string id)
    {
        if (Boost != 1)
        {
            json.WriteNumber("boost", Boost);
        }

        WriteName(json, id);
    }

    private void WriteBody(Utf8JsonWriter json, VectorRecord record)
    {
        if (Size is { } size)
        {
            json.WriteNumber("size", size);
            json.WriteBoolean("_source", false);
            json.WriteBoolean("track_total_hits", false);
        }

        json.WriteStartObject("query");
        if (record.Vector.Count > 0)
        {
            WriteQuery(json, record.Id, FeatureNames.Escape(record));
        }
        else
        {
            WriteMatchNone(json, record.Id); // a "bool" without clauses matches every document
        }

        json.WriteEndObject();
    }

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
