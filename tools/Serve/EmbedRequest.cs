using System.Text.Json;
using System.Text.Json.Serialization;

namespace LuceneLsr.Tools.Serve;

/// <summary>A request to <c>/embed_sparse</c>.</summary>
/// <param name="Inputs">A text, or an array of texts.</param>
/// <param name="PromptName">The side of the texts: "query" or "document". Null is "document".</param>
internal sealed record EmbedRequest(
    [property: JsonPropertyName("inputs")] JsonElement Inputs,
    [property: JsonPropertyName("prompt_name")] string? PromptName)
{
    private const int MaxTexts = 32; // as in Text Embeddings Inference

    /// <summary>Gets the texts.</summary>
    /// <exception cref="BadHttpRequestException">The inputs are no texts, or too many.</exception>
    public string[] GetTexts() => Inputs.ValueKind switch
    {
        JsonValueKind.String => [Inputs.GetString()!],
        JsonValueKind.Array when Inputs.GetArrayLength() > MaxTexts => throw new BadHttpRequestException(
            $"inputs has {Inputs.GetArrayLength()} texts, and at most {MaxTexts} are allowed.",
            StatusCodes.Status413PayloadTooLarge),
        JsonValueKind.Array when Inputs.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String) =>
            [.. Inputs.EnumerateArray().Select(text => text.GetString()!)],
        _ => throw new BadHttpRequestException(
            "inputs must be a text or an array of texts.", StatusCodes.Status422UnprocessableEntity),
    };

    /// <summary>Gets the side of the texts.</summary>
    /// <exception cref="BadHttpRequestException">The prompt name is unknown.</exception>
    public TextSide GetSide() => PromptName switch
    {
        null or "document" => TextSide.Document,
        "query" => TextSide.Query,
        _ => throw new BadHttpRequestException(
            $"prompt_name '{PromptName}' is unknown. Use 'query' or 'document'.",
            StatusCodes.Status422UnprocessableEntity),
    };
}
