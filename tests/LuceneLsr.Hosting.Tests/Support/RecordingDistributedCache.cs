using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;

namespace LuceneLsr.Hosting.Tests.Support;

/// <summary>A distributed cache in a dictionary, which never expires.</summary>
internal sealed class RecordingDistributedCache : IDistributedCache
{
    public ConcurrentDictionary<string, (byte[] Value, TimeSpan? Expiration)> Entries { get; } = new();

    public byte[]? Get(string key) => Entries.TryGetValue(key, out var entry) ? entry.Value : null;

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromResult(Get(key));

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) =>
        Entries[key] = (value, options.AbsoluteExpirationRelativeToNow);

    public Task SetAsync(
        string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        Set(key, value, options);
        return Task.CompletedTask;
    }

    public void Refresh(string key)
    {
    }

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public void Remove(string key) => Entries.TryRemove(key, out _);

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        Remove(key);
        return Task.CompletedTask;
    }
}
