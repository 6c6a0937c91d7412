using Microsoft.AspNetCore.OpenApi;

namespace LuceneLsr.Playground.Api;

/// <summary>The general part of the OpenAPI document.</summary>
internal static class ApiDescription
{
    /// <summary>Sets title and description.</summary>
    public static void Configure(OpenApiOptions options) =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "LuceneLsr playground";
            document.Info.Description =
                "Searches an index by BM25, learned sparse retrieval and both, and explains the results. Errors are "
                + "problem details (RFC 9457) whose detail says what to do.";
            return Task.CompletedTask;
        });
}
