using System.Text.Json;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Queries of Elasticsearch's type sparse_vector (since 8.15), on a field of that type:
/// <c>{"sparse_vector": {"field": "vector", "query_vector": {"term": 1.5}, "prune": false}}</c>. Pruning is off:
/// indices made since 8.19 and 9.1 drop frequent terms otherwise, by thresholds that were chosen for another model.
/// </summary>
/// <param name="index">The index; null where the request's address names it.</param>
/// <param name="field">The vector's field.</param>
public sealed class SparseVectorQueryFormat(string? index, string field) : MultiSearchFormat(index, field)
{
    private protected override void WriteQuery(Utf8JsonWriter json, string id, IEnumerable<TermWeight> features)
    {
        json.WriteStartObject("sparse_vector");
        json.WriteString("field", Field);
        json.WriteWeights("query_vector", features);
        json.WriteBoolean("prune", false);
        WriteName(json, id);
        json.WriteEndObject();
    }
}
