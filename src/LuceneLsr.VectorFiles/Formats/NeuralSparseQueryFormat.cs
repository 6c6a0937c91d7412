using System.Text.Json;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Writes neural_sparse queries with raw vectors for a rank_features field of OpenSearch:
/// <c>{"neural_sparse": {"vector": {"query_tokens": {"term": 1.5}}}}</c>. Weights must be at most 64
/// (Lucene's FeatureField), so impacts cannot be used.
/// </summary>
/// <param name="index">The index, or null if the URL of the request names it.</param>
/// <param name="field">The vector field.</param>
public sealed class NeuralSparseQueryFormat(string? index, string field) : MultiSearchFormat(index, field)
{
    private protected override void WriteQuery(Utf8JsonWriter json, string id, IEnumerable<TermWeight> features)
    {
        json.WriteStartObject("neural_sparse");
        json.WriteStartObject(Field);
        json.WriteWeights("query_tokens", features);
        WriteName(json, id);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
