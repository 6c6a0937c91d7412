using System.Globalization;
using LuceneLsr.Hosting.Caching;
using LuceneLsr.Hosting.Settings;
using LuceneLsr.Hosting.Tests.Support;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace LuceneLsr.Hosting.Tests.Caching;

public class QueryVectorCacheTests
{
    [Fact]
    public async Task Get_again_returns_the_same_instance_and_counts_hit_and_miss()
    {
        using var application = new Application();
        using var hits = application.Collect<long>("lucenelsr.query.cache.hits");
        using var misses = application.Collect<long>("lucenelsr.query.cache.misses");
        var cache = application.Get<QueryVectorCache>();
        var first = await GetAsync(cache, "cut");
        var second = await GetAsync(cache, "cut");
        Assert.Same(first.Vector, second.Vector);
        Assert.Equal((false, true), (first.IsHit, second.IsHit));
        Assert.Equal((1, 1), (hits.LastMeasurement?.Value, misses.LastMeasurement?.Value));
        Assert.Single(hits.GetMeasurementSnapshot());
        Assert.Single(misses.GetMeasurementSnapshot());
    }

    // Each vector takes 26 bytes: [{"Term":"000","Weight":1}]
    [Theory]
    [InlineData(2600, 100)]
    [InlineData(260, 10)]
    [InlineData(25, 0)]
    [InlineData(0, 0)]
    public async Task Get_many_queries_caches_no_more_than_the_size_limit(long limit, int max)
    {
        using var application = new Application(options => options.Cache.SizeLimit = limit);
        var cache = application.Get<QueryVectorCache>();
        await CountHitsAsync(cache);
        Assert.InRange(await CountHitsAsync(cache), low: Math.Min(max, 1), high: max);
    }

    [Fact]
    public async Task Get_many_queries_within_the_size_limit_caches_all()
    {
        using var application = new Application();
        var cache = application.Get<QueryVectorCache>();
        Assert.Equal(0, await CountHitsAsync(cache));
        Assert.Equal(200, await CountHitsAsync(cache));
    }

    [Fact]
    public async Task Get_at_the_same_time_encodes_once_even_if_the_first_caller_leaves()
    {
        using var application = new Application();
        using var cancellation = new CancellationTokenSource();
        var cache = application.Get<QueryVectorCache>();
        var vector = new TaskCompletionSource<SparseVector>();
        var calls = 0;
        ValueTask<SparseVector> Encode(string text, CancellationToken token)
        {
            Interlocked.Increment(ref calls);
            return new(vector.Task);
        }

        var first = cache.GetOrEncodeAsync("cut", Encode, cancellation.Token).AsTask();
        var second = cache.GetOrEncodeAsync("cut", Encode, Application.Cancellation).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        vector.SetResult(SparseVector.Empty);
        Assert.Equal((SparseVector.Empty, true), await second);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Get_after_a_failure_encodes_again()
    {
        using var application = new Application();
        var cache = application.Get<QueryVectorCache>();
        await Assert.ThrowsAsync<InvalidDataException>(async () => await cache.GetOrEncodeAsync(
            "cut", (_, _) => throw new InvalidDataException(), Application.Cancellation));
        Assert.False((await GetAsync(cache, "cut")).IsHit);
    }

    [Fact]
    public async Task Get_with_a_distributed_cache_finds_what_another_instance_encoded()
    {
        var shared = new RecordingDistributedCache();
        using var writer = CreateInstance(shared);
        using var reader = CreateInstance(shared);
        var written = await GetAsync(writer.Get<QueryVectorCache>(), "cut scenes");
        var entry = Assert.Single(await WaitForEntriesAsync(shared));
        var read = await GetAsync(reader.Get<QueryVectorCache>(), "cut scenes");
        Assert.Equal(TimeSpan.FromMinutes(7), entry.Expiration);
        Assert.Equal((false, true), (written.IsHit, read.IsHit));
        Assert.Equal([new("cut", 1), new("scenes", 1)], read.Vector.Entries);
    }

    [Fact]
    public async Task Get_by_default_leaves_the_distributed_cache_alone()
    {
        var shared = new RecordingDistributedCache();
        using var application = new Application(
            addServices: services => services.AddSingleton<IDistributedCache>(shared));
        await GetAsync(application.Get<QueryVectorCache>(), "cut");
        Assert.Empty(shared.Entries);
    }

    private static Application CreateInstance(RecordingDistributedCache shared) => new(
        options => options.Cache = new QueryCacheOptions
        {
            UseDistributedCache = true, Expiration = TimeSpan.FromMinutes(7),
        },
        services => services.AddSingleton<IDistributedCache>(shared));

    // The cache writes in the background.
    private static async Task<IEnumerable<(byte[] Value, TimeSpan? Expiration)>> WaitForEntriesAsync(
        RecordingDistributedCache shared)
    {
        while (shared.Entries.IsEmpty)
        {
            await Task.Delay(1, Application.Cancellation);
        }

        return shared.Entries.Values;
    }

    private static async Task<int> CountHitsAsync(QueryVectorCache cache)
    {
        var hits = 0;
        for (var query = 0; query < 200; query++)
        {
            hits += (await GetAsync(cache, query.ToString("000", CultureInfo.InvariantCulture))).IsHit ? 1 : 0;
        }

        return hits;
    }

    private static ValueTask<(SparseVector Vector, bool IsHit)> GetAsync(QueryVectorCache cache, string text) =>
        cache.GetOrEncodeAsync(
            text, (query, _) => new(new SparseVector(query.Split(' ').Select(word => new TermWeight(word, 1)))),
            Application.Cancellation);
}
