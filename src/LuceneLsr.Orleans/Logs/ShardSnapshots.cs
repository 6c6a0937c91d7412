using LuceneLsr.Orleans.Stores;

namespace LuceneLsr.Orleans.Logs;

/// <summary>
/// The snapshots of a shard's index in a store. The two newest are kept; the batches of the older one are no longer
/// needed and are deleted, so a log stays short.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="keys">The keys of the shard.</param>
internal sealed class ShardSnapshots(IShardStore store, ShardKeys keys)
{
    private const int Kept = 2;

    /// <summary>Returns the last batch of the newest snapshot, or 0.</summary>
    public async Task<long> GetLatestAsync(CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken).ConfigureAwait(false)).LastOrDefault();

    /// <summary>
    /// Returns the last batch that may have been deleted, or 0. It never decreases. An object of the log up to it may
    /// be one that a writer created again after its deletion, and must not be used.
    /// </summary>
    public async Task<long> GetTruncatedAsync(CancellationToken cancellationToken)
    {
        var snapshots = await ListAsync(cancellationToken).ConfigureAwait(false);
        return snapshots.Count >= Kept ? snapshots[^Kept] : 0;
    }

    /// <summary>Copies the newest snapshot to an empty folder, or returns null if there is none.</summary>
    /// <exception cref="InvalidDataException">A file is corrupt.</exception>
    public async Task<SnapshotManifest?> DownloadAsync(string folder, CancellationToken cancellationToken)
    {
        while (await GetLatestAsync(cancellationToken).ConfigureAwait(false) is > 0 and var sequence)
        {
            var key = keys.GetManifest(sequence);
            if (await store.TryReadAsync(key, cancellationToken).ConfigureAwait(false) is not { } bytes)
            {
                continue; // replaced by newer ones
            }

            var manifest = SnapshotManifest.Parse(key, bytes);
            try
            {
                foreach (var file in manifest.Files)
                {
                    await DownloadAsync(manifest.Prefix, file, folder, cancellationToken).ConfigureAwait(false);
                }

                return manifest;
            }
            catch (FileNotFoundException)
            {
                if (await GetLatestAsync(cancellationToken).ConfigureAwait(false) <= sequence)
                {
                    throw;
                }

                Array.ForEach(Directory.GetFiles(folder), File.Delete); // replaced by newer ones meanwhile
            }
        }

        return null;
    }

    /// <summary>Stores a snapshot, then deletes what is no longer needed.</summary>
    /// <param name="sequence">The last batch that it includes.</param>
    /// <param name="paths">The files of the index.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The size of the snapshot in bytes.</returns>
    public async Task<long> UploadAsync(
        long sequence, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var prefix = keys.CreateSnapshotPrefix(sequence);
        var files = new List<SnapshotFile>();
        foreach (var path in paths)
        {
            files.Add(SnapshotFile.Describe(path));
            await store.UploadAsync(prefix + files[^1].Name, path, cancellationToken).ConfigureAwait(false);
        }

        var manifest = new SnapshotManifest(SnapshotManifest.CurrentVersion, sequence, prefix, files);
        await store.TryCreateAsync(keys.GetManifest(sequence), manifest.ToBytes(), cancellationToken)
            .ConfigureAwait(false); // another silo may have stored one at the same batch
        await TruncateAsync(cancellationToken).ConfigureAwait(false);
        return manifest.Size;
    }

    private async Task TruncateAsync(CancellationToken cancellationToken)
    {
        var truncated = await GetTruncatedAsync(cancellationToken).ConfigureAwait(false);
        await DeleteAsync(keys.Log, sequence => sequence <= truncated, cancellationToken).ConfigureAwait(false);
        await DeleteAsync(keys.Manifests, sequence => sequence < truncated, cancellationToken).ConfigureAwait(false);
        await DeleteAsync(keys.Snapshots, sequence => sequence < truncated, cancellationToken).ConfigureAwait(false);
    }

    private async Task DeleteAsync(string prefix, Predicate<long> isObsolete, CancellationToken cancellationToken)
    {
        foreach (var key in await store.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            if (isObsolete(ShardKeys.GetSequence(key, prefix)))
            {
                await store.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task DownloadAsync(
        string prefix, SnapshotFile file, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, file.Name);
        await store.DownloadAsync(prefix + file.Name, path, cancellationToken).ConfigureAwait(false);
        if (SnapshotFile.Describe(path) != file)
        {
            throw new InvalidDataException(
                $"The file {prefix}{file.Name} of a snapshot is corrupt. Restore it from a backup of the store.");
        }
    }

    private async Task<List<long>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await store.ListAsync(keys.Manifests, cancellationToken).ConfigureAwait(false))
            .Select(key => ShardKeys.GetSequence(key, keys.Manifests)),
    ];
}
