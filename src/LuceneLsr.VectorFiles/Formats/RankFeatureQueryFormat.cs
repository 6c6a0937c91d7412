using System.Text.Json;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Writes queries for a rank_features field of Elasticsearch or OpenSearch, one rank_feature clause per term. They need
/// no plugins: <c>{"bool": {"should": [{"rank_feature": {"field": "vector.term", "linear": {}, "boost": 1.5}}]}}</c>.
/// </summary>
/// <param name="index">The index, or null if the URL of the request names it.</param>
/// <param name="field">The vector field.</param>
public sealed class RankFeatureQueryFormat(string? index, string field) : MultiSearchFormat(index, field)
{
    private protected override void WriteQuery(Utf8JsonWriter json, string id, IEnumerable<TermWeight> features)
    {
        json.WriteStartObject("bool");
        json.WriteStartArray("should");
        foreach (var (feature, weight) in features)
        {
            WriteClause(json, feature, weight);
        }

        json.WriteEndArray();
        WriteNameAndBoost(json, id);
        json.WriteEndObject();
    }

    private void WriteClause(Utf8JsonWriter json, string feature, float weight)
    {
        json.WriteStartObject();
        json.WriteStartObject("rank_feature");
        json.WriteString("field", $"{Field}.{feature}");
        json.WriteStartObject("linear");
        json.WriteEndObject();
        json.WriteNumber("boost", weight);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
