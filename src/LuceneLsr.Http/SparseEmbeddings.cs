using System.Text.Json.Serialization;

namespace LuceneLsr.Http;

/// <summary>The wire format of the endpoint <c>/embed_sparse</c> of Text Embeddings Inference.</summary>
internal static class SparseEmbeddings
{
    /// <summary>A request.</summary>
    /// <param name="Inputs">The texts.</param>
    /// <param name="Truncate">Whether to cut texts that are too long, instead of refusing them.</param>
    /// <param name="PromptName">The name of the model's prompt, or null for none.</param>
    internal sealed record Request(
        [property: JsonPropertyName("inputs")] IReadOnlyList<string> Inputs,
        [property: JsonPropertyName("truncate")] bool Truncate,
        [property: JsonPropertyName("prompt_name")]
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PromptName);

    /// <summary>A weight of a vector.</summary>
    /// <param name="Index">The token's id.</param>
    /// <param name="Token">The term, which <c>lsr-serve</c> adds.</param>
    /// <param name="Value">The weight.</param>
    internal sealed record Weight(
        [property: JsonPropertyName("index")] int Index,
        [property: JsonPropertyName("token")] string? Token,
        [property: JsonPropertyName("value")] float Value);

    /// <summary>An error.</summary>
    /// <param name="Error">The message.</param>
    internal sealed record Failure([property: JsonPropertyName("error")] string? Error);
}
