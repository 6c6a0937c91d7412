using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LuceneLsr.Playground.Api;

/// <summary>The general part of the OpenAPI document.</summary>
internal static class ApiDescription
{
    private static readonly (string Name, string Description)[] ProblemFields =
    [
        ("type", "The address of a page about the status."),
        ("title", "The name of the status."),
        ("status", "The status."),
        ("detail", "What is wrong, and what to do."),
        ("instance", "Not used."),
    ];

    /// <summary>Sets title and descriptions.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "LuceneLsr playground";
            document.Info.Description =
                "Searches an index by BM25, learned sparse retrieval and both, and explains the results. Errors are "
                + "problem details (RFC 9457) whose detail says what to do.";
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
            {
                DescribeProblem(schema);
            }

            return Task.CompletedTask;
        });
    }

    private static void DescribeProblem(OpenApiSchema schema)
    {
        schema.Description = "An error as problem details (RFC 9457).";
        foreach (var (name, description) in ProblemFields)
        {
            schema.Properties![name].Description = description;
        }
    }
}
