using Microsoft.AspNetCore.Diagnostics;

namespace LuceneLsr.Tools.Serve;

/// <summary>Serves an encoder by HTTP.</summary>
internal static class EncoderServer
{
    private const int MaxBodySize = 2 << 20; // as in Text Embeddings Inference

    /// <summary>Creates the server, which is not started yet.</summary>
    /// <param name="encoder">The encoder. The caller owns it.</param>
    /// <param name="ids">The ids of terms.</param>
    /// <param name="url">The address to listen on.</param>
    public static WebApplication Create(ISparseEncoder encoder, TermIds ids, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBodySize);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // the program prints why it cannot start
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        var server = builder.Build();
        server.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = WriteErrorAsync,
            SuppressDiagnosticsCallback = failure => failure.Exception is BadHttpRequestException,
        });
        server.MapPost("/embed_sparse", (EmbedRequest request, CancellationToken cancellation) => encoder
            .Encode(request.GetTexts(), request.GetSide(), cancellation)
            .Select(vector => ToWeights(vector, ids)));
        server.MapGet("/info", () => new { vocabulary_id = encoder.VocabularyId });
        server.MapGet("/health", () => Results.Ok());
        return server;
    }

    private static IEnumerable<SparseWeight> ToWeights(SparseVector vector, TermIds ids) =>
        vector.Entries.Select(entry => new SparseWeight(ids.GetId(entry.Term), entry.Weight, entry.Term));

    private static Task WriteErrorAsync(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        context.Response.StatusCode =
            (error as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError;
        var message = error is BadHttpRequestException ? error.Message : "The text could not be encoded.";
        return context.Response.WriteAsJsonAsync(new { error = message }, context.RequestAborted);
    }
}
