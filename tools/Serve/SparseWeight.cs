using System.Text.Json.Serialization;

namespace LuceneLsr.Tools.Serve;

/// <summary>A weight of a vector in an answer.</summary>
/// <param name="Index">The term's id.</param>
/// <param name="Value">The weight.</param>
/// <param name="Token">The term, which Text Embeddings Inference does not have.</param>
internal sealed record SparseWeight(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("value")] float Value,
    [property: JsonPropertyName("token")] string Token);
