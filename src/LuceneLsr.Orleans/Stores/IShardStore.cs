namespace LuceneLsr.Orleans.Stores;

/// <summary>
/// Where shards keep their logs and snapshots: a folder or object storage that all silos share. Keys consist of
/// letters, digits, '-', '_', '.' and '/'. Implementations are thread-safe.
/// </summary>
/// <remarks>
/// Silos never change an object: they create, read and delete. Everything that keeps a shard consistent rests on
/// <see cref="TryCreateAsync"/>, which only one of several callers may win, and on reads and lists that see each object
/// as soon as its creation has returned.
/// </remarks>
public interface IShardStore
{
    /// <summary>
    /// Creates an object, unless it exists. When it returns true, the object is durable: it survives a crash of the
    /// machine. Nobody ever sees a part of an object.
    /// </summary>
    /// <returns>Whether this call created the object.</returns>
    /// <exception cref="IOException">The outcome is unknown, for example because the disk is full.</exception>
    Task<bool> TryCreateAsync(
        string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>Reads an object, or returns null if it does not exist.</summary>
    Task<byte[]?> TryReadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Creates or replaces an object from a file. When it returns, the object is durable.</summary>
    Task UploadAsync(string key, string path, CancellationToken cancellationToken = default);

    /// <summary>Writes an object to a file, which must not exist.</summary>
    /// <exception cref="FileNotFoundException">The object does not exist.</exception>
    Task DownloadAsync(string key, string path, CancellationToken cancellationToken = default);

    /// <summary>Lists the keys with a prefix, which is empty or ends in '/', in ordinal order.</summary>
    Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Deletes an object. Does nothing if it does not exist.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken = default);
}
