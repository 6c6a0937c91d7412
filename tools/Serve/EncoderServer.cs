using System.Net;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;

namespace LuceneLsr.Tools.Serve;

/// <summary>Serves an encoder by HTTP.</summary>
internal static class EncoderServer
{
    private const int MaxBodySize = 2 << 20; // as in Text Embeddings Inference
    private const string EncodingLimit = "encoding";

    /// <summary>Creates the server, which is not started yet.</summary>
    /// <param name="encoder">The encoder. The caller owns it.</param>
    /// <param name="scale">The scale that the encoder's checkpoint recommends.</param>
    /// <param name="ids">The ids of terms.</param>
    /// <param name="address">The address to listen on.</param>
    /// <param name="maxConcurrentRequests">The number of requests to encode at the same time. More are refused.</param>
    public static WebApplication Create(
        ISparseEncoder encoder, ImpactScale scale, TermIds ids, IPEndPoint address, int maxConcurrentRequests)
    {
        var server = CreateApplication(address, maxConcurrentRequests);
        server.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = WriteErrorAsync,
            SuppressDiagnosticsCallback = failure => failure.Exception is BadHttpRequestException,
        });
        server.UseStatusCodePages(pages => WriteAsync(
            pages.HttpContext, ReasonPhrases.GetReasonPhrase(pages.HttpContext.Response.StatusCode)));
        server.UseRateLimiter();
        server.MapPost("/embed_sparse", async (HttpRequest http) =>
        {
            var request = await EmbedRequest.ReadAsync(http).ConfigureAwait(false);
            return encoder.Encode(request.Texts, request.Side, http.HttpContext.RequestAborted)
                .Select(vector => ToWeights(vector, ids));
        }).RequireRateLimiting(EncodingLimit);
        server.MapGet("/info", () => new
        {
            vocabulary_id = encoder.VocabularyId,
            encoder_name = encoder.Identity?.Name,
            encoder_fingerprint = encoder.Identity?.Fingerprint,
            term_rule = encoder.Identity?.TermRule,
            impact_factor = scale.Factor,
            max_impact = scale.MaxImpact,
        });
        server.MapGet("/health", () => Results.Ok());
        return server;
    }

    // No settings are read from files and variables, which could open the server to other machines.
    private static WebApplication CreateApplication(IPEndPoint address, int maxConcurrentRequests)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBodySize;
            kestrel.Listen(address);
        });
        builder.Services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddConcurrencyLimiter(EncodingLimit, limit => limit.PermitLimit = maxConcurrentRequests);
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // the program prints why it cannot start
        return builder.Build();
    }

    private static IEnumerable<SparseWeight> ToWeights(SparseVector vector, TermIds ids) =>
        vector.Entries.Select(entry => new SparseWeight(ids.GetId(entry.Term), entry.Weight, entry.Term));

    private static Task WriteErrorAsync(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error as BadHttpRequestException;
        context.Response.StatusCode = error?.StatusCode ?? StatusCodes.Status500InternalServerError;
        return WriteAsync(context, error?.Message ?? "The text could not be encoded.");
    }

    private static Task WriteAsync(HttpContext context, string error) =>
        context.Response.WriteAsJsonAsync(new { error }, context.RequestAborted);
}
