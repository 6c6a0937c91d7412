using LuceneLsr.Orleans.Stores;

namespace LuceneLsr.Orleans.Tests.Support;

/// <summary>A store of which a silo cannot read some keys while it is blocked.</summary>
/// <param name="inner">The store.</param>
/// <param name="isBlocked">Returns whether a key is blocked.</param>
internal sealed class BlockedStore(IShardStore inner, Predicate<string> isBlocked) : IShardStore
{
    public Task<bool> TryCreateAsync(
        string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        inner.TryCreateAsync(key, content, cancellationToken);

    public async Task<byte[]?> TryReadAsync(string key, CancellationToken cancellationToken = default)
    {
        while (isBlocked(key))
        {
            await Task.Delay(10, cancellationToken);
        }

        return await inner.TryReadAsync(key, cancellationToken);
    }

    public Task UploadAsync(string key, string path, CancellationToken cancellationToken = default) =>
        inner.UploadAsync(key, path, cancellationToken);

    public Task DownloadAsync(string key, string path, CancellationToken cancellationToken = default) =>
        inner.DownloadAsync(key, path, cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        inner.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) =>
        inner.DeleteAsync(key, cancellationToken);
}
