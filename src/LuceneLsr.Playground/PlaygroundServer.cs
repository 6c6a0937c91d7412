using System.Text.Json.Serialization;
using LuceneLsr.Playground.Agents;
using LuceneLsr.Playground.Api;
using LuceneLsr.Playground.Searching;
using LuceneLsr.Playground.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace LuceneLsr.Playground;

/// <summary>
/// Serves a page, an HTTP API (<c>/openapi/v1.json</c>) and a Model Context Protocol server (<c>/mcp</c>) that show and
/// tune the relevance of an index.
/// </summary>
public static class PlaygroundServer
{
    private const int MaxBodySize = 256 << 10;
    private const int MaxConcurrentRequests = 16;
    private const int MaxWaitingRequests = 64;
    private const string RequestLimit = "requests";

    /// <summary>Creates the server, which is not started yet.</summary>
    /// <param name="engine">The engine. The caller owns it.</param>
    /// <param name="options">The settings.</param>
    public static WebApplication Create(PlaygroundEngine engine, PlaygroundOptions options)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        var server = CreateApplication(engine, options);
        server.UseSecurityHeaders();
        server.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = failure => ProblemHandler.IsOfClient(failure.Exception),
        });
        server.UseStatusCodePages();
        server.UseAllowedHosts(AllowedHosts.Find(options.Address.Address, options.Hosts));
        server.UseSameOrigin();
        server.UseBufferedBodies(MaxBodySize);
        server.UseFileServer(new FileServerOptions
        {
            FileProvider = new EmbeddedFileProvider(
                typeof(PlaygroundServer).Assembly, $"{typeof(PlaygroundServer).Namespace}.Pages.Static"),
        });
        server.UseRouting();
        server.UseRateLimiter();
        var api = server.MapGroup("api").RequireRateLimiting(RequestLimit).AddEndpointFilter(new MessageFilter());
        api.MapSearch(engine);
        api.MapRules(engine.Rules);
        server.MapOpenApi();
        server.MapMcp("mcp").RequireRateLimiting(RequestLimit);
        return server;
    }

    // No settings are read from files and variables, which could open the server to other machines.
    private static WebApplication CreateApplication(PlaygroundEngine engine, PlaygroundOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBodySize;
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address);
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("ModelContextProtocol", LogLevel.Critical) // it logs every error that an agent is told
            .AddFilter("Microsoft.Hosting", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // the program prints why it cannot start
        AddServices(builder.Services, engine);
        return builder.Build();
    }

    private static void AddServices(IServiceCollection services, PlaygroundEngine engine)
    {
        services.AddSingleton(engine);
        services.AddProblemDetails(ProblemDescriptions.Configure);
        services.AddSingleton<BindingErrors>();
        services.AddExceptionHandler<ProblemHandler>();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.RespectNullableAnnotations = true;
        });
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddConcurrencyLimiter(RequestLimit, limit =>
                (limit.PermitLimit, limit.QueueLimit) = (MaxConcurrentRequests, MaxWaitingRequests));
        });
        services.AddOpenApi(ApiDescription.Configure);
        services.AddMcpServer(ServerDescription.Configure).WithHttpTransport(http => http.Stateless = true)
            .WithTools<SearchTools>().WithTools<RuleTools>();
    }
}
