using System.Text.Json;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Queries of OpenSearch's type neural_sparse by raw vectors, on a rank_features field:
/// <c>{"neural_sparse": {"vector": {"query_tokens": {"term": 1.5}}}}</c>. A weight is at most 64 there (Lucene's
/// FeatureField), so these are never impacts.
/// </summary>
/// <param name="index">The index; null where the request's address names it.</param>
/// <param name="field">The vector's field.</param>
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
