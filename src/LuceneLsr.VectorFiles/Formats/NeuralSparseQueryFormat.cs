using System.Text.Json;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Writes neural_sparse queries with raw vectors for a rank_features or sparse_vector field of OpenSearch:
/// <c>{"neural_sparse": {"vector": {"query_tokens": {"term": 1.5}}}}</c>. Weights must be at most 64
/// (Lucene's FeatureField), so impacts cannot be used.
/// </summary>
/// <remarks>A sparse_vector field needs <see cref="Seismic"/> and integer tokens, as <see cref="TokenFormat"/>
/// writes.</remarks>
/// <param name="index">The index, or null if the URL of the request names it.</param>
/// <param name="field">The vector field.</param>
public sealed class NeuralSparseQueryFormat(string? index, string field) : MultiSearchFormat(index, field)
{
    private const float MaxWeight = 64;

    /// <summary>Gets the dials of a search in a sparse_vector field, or null for a rank_features field.</summary>
    public SeismicParameters? Seismic { get; init; }

    private protected override void WriteQuery(Utf8JsonWriter json, string id, IEnumerable<TermWeight> features)
    {
        TermWeight[] tokens = [.. features];
        if (tokens.FirstOrDefault(token => token.Weight > MaxWeight) is { Term: { } heavy } token)
        {
            throw new InvalidDataException(
                $"Query '{id}': the weight of '{heavy}' is {token.Weight}, and OpenSearch accepts at most {MaxWeight}. "
                + "Divide all query weights by a constant, which does not change the ranking.");
        }

        json.WriteStartObject("neural_sparse");
        json.WriteStartObject(Field);
        json.WriteWeights("query_tokens", tokens);
        Seismic?.Write(json);
        WriteNameAndBoost(json, id);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
