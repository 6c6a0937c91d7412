using Microsoft.AspNetCore.Http;

namespace LuceneLsr.Playground.Api;

/// <summary>Says what to do about errors that the framework answers with a status alone.</summary>
internal static class ProblemDescriptions
{
    /// <summary>Adds the detail where it is missing.</summary>
    public static void Configure(ProblemDetailsOptions options) => options.CustomizeProblemDetails =
        context => context.ProblemDetails.Detail ??= Find(context.HttpContext.Response.StatusCode);

    private static string? Find(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address. /openapi/v1.json lists the operations.",
        StatusCodes.Status405MethodNotAllowed =>
            "This address has another method. /openapi/v1.json lists the operations.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large. Send less.",
        StatusCodes.Status415UnsupportedMediaType => "Send JSON, with the content type application/json.",
        StatusCodes.Status429TooManyRequests => "Too many requests at once. Try again.",
        _ => null,
    };
}
