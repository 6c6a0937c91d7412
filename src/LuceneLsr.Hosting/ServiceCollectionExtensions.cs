using LuceneLsr.Analysis;
using LuceneLsr.Hosting.Batching;
using LuceneLsr.Hosting.Caching;
using LuceneLsr.Hosting.Settings;
using LuceneLsr.Hosting.Queries;
using LuceneLsr.Hosting.Telemetry;
using LuceneLsr.Http;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;

namespace LuceneLsr.Hosting;

/// <summary>Registers learned sparse retrieval in a container.</summary>
public static class ServiceCollectionExtensions
{
    // The client lives as long as the application, and only new connections notice changes of DNS.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Registers an encoder, and with it as singletons <see cref="ILsrQueryFactory"/>, <see cref="IQueryEncoder"/>,
    /// <see cref="LsrAnalyzer"/> and <see cref="ISparseEncoder"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="createEncoder">Creates the encoder. The container disposes it.</param>
    /// <param name="getScale">Gets the scale that the encoder's index has.</param>
    /// <returns>The builder of the options, which are validated when the application starts.</returns>
    /// <exception cref="InvalidOperationException">An encoder is registered already.</exception>
    public static OptionsBuilder<LuceneLsrOptions> AddLuceneLsr<TEncoder>(
        this IServiceCollection services, Func<IServiceProvider, TEncoder> createEncoder,
        Func<TEncoder, ImpactScale> getScale)
        where TEncoder : class, ISparseEncoder
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(createEncoder);
        ArgumentNullException.ThrowIfNull(getScale);
        if (services.Any(service => service.ServiceType == typeof(ILsrQueryFactory)))
        {
            throw new InvalidOperationException(
                "AddLuceneLsr was called before. A container has one encoder; create further ones without it.");
        }

        services.AddKeyedSingleton<ISparseEncoder>(MeasuredEncoder.InnerKey, (provider, _) => createEncoder(provider));
        services.AddSingleton(provider => new LsrAnalyzer(
            provider.GetRequiredService<ISparseEncoder>(),
            getScale((TEncoder)provider.GetRequiredKeyedService<ISparseEncoder>(MeasuredEncoder.InnerKey))));
        return services.AddQueryServices().AddEncoderPolicy().AddValidatedOptions();
    }

    /// <summary>
    /// Registers an <see cref="HttpSparseEncoder"/>, and with it as singletons <see cref="ILsrQueryFactory"/>,
    /// <see cref="IQueryEncoder"/>, <see cref="LsrAnalyzer"/> and <see cref="ISparseEncoder"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="address">The address of the server, with a slash at its end.</param>
    /// <param name="server">What to know about the server.</param>
    /// <param name="scale">The scale of the index.</param>
    /// <param name="configureClient">
    /// Adds handlers to the client. Null adds the standard resilience handler, which retries, limits the time and has a
    /// circuit breaker.
    /// </param>
    /// <returns>The builder of the options, which are validated when the application starts.</returns>
    /// <exception cref="InvalidOperationException">An encoder is registered already.</exception>
    public static OptionsBuilder<LuceneLsrOptions> AddLuceneLsr(
        this IServiceCollection services, Uri address, HttpEncoderOptions server, ImpactScale scale,
        Action<IHttpClientBuilder>? configureClient = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(scale);
        var client = services.AddHttpClient(TelemetryNames.Source, client => client.BaseAddress = address)
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = ConnectionLifetime)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        (configureClient ?? (builder => builder.AddStandardResilienceHandler()))(client);
        return services.AddLuceneLsr(
            provider => new HttpSparseEncoder(
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(TelemetryNames.Source), server),
            _ => scale);
    }

    private static IServiceCollection AddQueryServices(this IServiceCollection services)
    {
        services.AddLogging().AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EncoderMetrics>();
        services.TryAddSingleton<MeasuredEncoder>();
        services.TryAddSingleton<QueryVectorCache>();
        services.TryAddSingleton<QueryBatcher>();
        services.TryAddSingleton<IQueryEncoder, QueryEncoder>();
        services.AddSingleton<ISparseEncoder, HostedEncoder>();
        services.TryAddSingleton<EncoderFallback>();
        services.TryAddSingleton<ILsrQueryFactory, LsrQueryFactory>();
        return services;
    }

    // The timeout is inside, so that the circuit breaker counts it as a failure.
    private static IServiceCollection AddEncoderPolicy(this IServiceCollection services) =>
        services.AddResiliencePipeline(TelemetryNames.Source, static (builder, context) =>
        {
            var policy = context.ServiceProvider.GetRequiredService<IOptions<LuceneLsrOptions>>().Value.Policy;
            builder.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            builder.AddCircuitBreaker(policy.CircuitBreaker)
                .AddTimeout(new TimeoutStrategyOptions { Timeout = policy.Timeout });
        });

    private static OptionsBuilder<LuceneLsrOptions> AddValidatedOptions(this IServiceCollection services) => services
        .AddOptionsWithValidateOnStart<LuceneLsrOptions>()
        .ValidateDataAnnotations()
        .Validate<IServiceProviderIsService>(
            (options, known) => !options.Cache.UseDistributedCache || known.IsService(typeof(IDistributedCache)),
            "Cache.UseDistributedCache needs an IDistributedCache. Register one, or set it to false.");
}
