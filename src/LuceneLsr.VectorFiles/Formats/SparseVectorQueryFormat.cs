using System.Text.Json;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Writes sparse_vector queries for a sparse_vector field of Elasticsearch 8.15 or later: <c>{"sparse_vector":
/// {"field": "vector", "query_vector": {"term": 1.5}, "prune": false}}</c>. Pruning is disabled, because indices
/// created by 8.19, 9.1 or later prune frequent terms with thresholds tuned for another model.
/// </summary>
/// <param name="index">The index, or null if the URL of the request names it.</param>
/// <param name="field">The vector field.</param>
public sealed class SparseVectorQueryFormat(string? index, string field) : MultiSearchFormat(index, field)
{
    private protected override void WriteQuery(Utf8JsonWriter json, string id, IEnumerable<TermWeight> features)
    {
        json.WriteStartObject("sparse_vector");
        json.WriteString("field", Field);
        json.WriteWeights("query_vector", features);
        json.WriteBoolean("prune", false);
        WriteNameAndBoost(json, id);
        json.WriteEndObject();
    }
}
