using LuceneLsr.Hosting.Settings;
using LuceneLsr.Hosting.Telemetry;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LuceneLsr.Hosting.Caching;

/// <summary>A bounded cache of query vectors, which encodes a text once for all who ask at the same time.</summary>
/// <remarks>
/// It is a <see cref="HybridCache"/> of its own: a size limit on the application's memory cache would apply to all of
/// its entries.
/// </remarks>
internal sealed class QueryVectorCache : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly HybridCache _cache;
    private readonly MeasuredEncoder _encoder;
    private readonly EncoderMetrics _metrics;

    public QueryVectorCache(
        MeasuredEncoder encoder, EncoderMetrics metrics, IOptions<LuceneLsrOptions> options,
        ILoggerFactory logging, IServiceProvider application)
    {
        var cache = options.Value.Cache;
        var services = new ServiceCollection()
            .AddSingleton(logging)
            .AddMemoryCache(memory => memory.SizeLimit = cache.SizeLimit);
        services.AddHybridCache(hybrid => hybrid.DefaultEntryOptions = new() { Expiration = cache.Expiration })
            .AddSerializer<SparseVector, SparseVectorSerializer>();
        if (cache.UseDistributedCache)
        {
            services.AddSingleton(application.GetRequiredService<IDistributedCache>());
        }

        _services = services.BuildServiceProvider();
        _cache = _services.GetRequiredService<HybridCache>();
        (_encoder, _metrics) = (encoder, metrics);
    }

    /// <summary>Returns the vector of a query and whether it was cached or already being encoded.</summary>
    /// <param name="text">The query.</param>
    /// <param name="encode">
    /// Encodes a query. Its token is canceled when all who wait for the vector have canceled.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait of this caller.</param>
    public async ValueTask<(SparseVector Vector, bool IsHit)> GetOrEncodeAsync(
        string text, Func<string, CancellationToken, ValueTask<SparseVector>> encode,
        CancellationToken cancellationToken)
    {
        var isHit = true;
        var vector = await _cache.GetOrCreateAsync(
            QueryVectorKey.Create(_encoder, text),
            token =>
            {
                isHit = false;
                _metrics.CountMiss();
                return encode(text, token);
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        if (isHit)
        {
            _metrics.CountHit();
        }

        return (vector, isHit);
    }

    public void Dispose() => _services.Dispose();
}
