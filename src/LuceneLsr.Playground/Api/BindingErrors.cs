using System.Text.Json;
using System.Text.RegularExpressions;
using LuceneLsr.Files;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace LuceneLsr.Playground.Api;

/// <summary>Describes requests that do not fit their operation. The framework's own messages name .NET types.</summary>
internal sealed partial class BindingErrors(IOptions<JsonOptions> json)
{
    /// <summary>Describes what is wrong with a request, and what to do.</summary>
    public async Task<string> DescribeAsync(HttpContext context, BadHttpRequestException exception)
    {
        if (exception.InnerException is JsonException error && FindBodyType(context) is { } type)
        {
            var problem = await DescribeBodyAsync(context.Request, error, type).ConfigureAwait(false);
            return $"The body is not a valid request: {problem} See /openapi/v1.json.";
        }

        return MissingParameter().Match(exception.Message) is { Success: true } missing
            ? DescribeMissing(missing.Groups["name"].Value, missing.Groups["source"].Value)
            : exception.Message;
    }

    private async Task<string> DescribeBodyAsync(HttpRequest request, JsonException error, Type type)
    {
        request.Body.Position = 0;
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body).ConfigureAwait(false);
            return JsonErrors.Describe(error, body.RootElement, type, json.Value.SerializerOptions, "the body");
        }
        catch (JsonException syntax)
        {
            return JsonErrors.DescribeSyntax(syntax);
        }
    }

    // The handler of exceptions has taken the endpoint out of the context.
    private static Type? FindBodyType(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>()?
        .Endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;

    private static string DescribeMissing(string name, string source) => source == "body"
        ? "The body is empty or null. Send a JSON object. See /openapi/v1.json."
        : $"'{name}' is missing from the {source}. Add it. See /openapi/v1.json.";

    [GeneratedRegex(@"^Required parameter "".+ (?<name>\S+)"" was not provided from (?<source>.+)\.$")]
    private static partial Regex MissingParameter();
}
