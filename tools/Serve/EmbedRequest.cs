using System.Text.Json;

namespace LuceneLsr.Tools.Serve;

/// <summary>A request to <c>/embed_sparse</c>.</summary>
/// <param name="Texts">The texts.</param>
/// <param name="Side">Their side.</param>
internal sealed record EmbedRequest(IReadOnlyList<string> Texts, TextSide Side)
{
    private const int MaxTexts = 32; // as in Text Embeddings Inference

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="BadHttpRequestException">It is not a valid request. The message names the field.</exception>
    public static async Task<EmbedRequest> ReadAsync(HttpRequest request)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(
                request.Body, cancellationToken: request.HttpContext.RequestAborted).ConfigureAwait(false);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new EmbedRequest(ReadTexts(document.RootElement), ReadSide(document.RootElement))
                : throw Refuse("The body must be a JSON object with inputs.");
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException($"The body is not JSON: {exception.Message}", exception);
        }
    }

    private static string[] ReadTexts(JsonElement request)
    {
        var inputs = request.TryGetProperty("inputs", out var value) ? value : default;
        return inputs.ValueKind switch
        {
            JsonValueKind.String => [ReadText(inputs)],
            JsonValueKind.Array when inputs.GetArrayLength() > MaxTexts => throw new BadHttpRequestException(
                $"inputs has {inputs.GetArrayLength()} texts, and at most {MaxTexts} are allowed.",
                StatusCodes.Status413PayloadTooLarge),
            JsonValueKind.Array when inputs.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String) =>
                [.. inputs.EnumerateArray().Select(ReadText)],
            _ => throw Refuse("inputs must be a text or an array of texts."),
        };
    }

    private static string ReadText(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw Refuse($"inputs has a text that is not valid Unicode: {exception.Message}");
        }
    }

    private static TextSide ReadSide(JsonElement request) =>
        !request.TryGetProperty("prompt_name", out var name) || name.ValueKind == JsonValueKind.Null
            ? TextSide.Document
            : name.ValueKind == JsonValueKind.String && name.ValueEquals("query") ? TextSide.Query
            : name.ValueKind == JsonValueKind.String && name.ValueEquals("document") ? TextSide.Document
            : throw Refuse($"prompt_name {name.GetRawText()} is unknown. Use \"query\" or \"document\".");

    private static BadHttpRequestException Refuse(string message) =>
        new(message, StatusCodes.Status422UnprocessableEntity);
}
