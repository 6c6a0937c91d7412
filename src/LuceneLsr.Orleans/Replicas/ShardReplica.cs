using System.Diagnostics;
using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Orleans.Indexes;
using LuceneLsr.Orleans.Logs;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Search;

namespace LuceneLsr.Orleans.Replicas;

/// <summary>
/// A replica of a shard: a local index that follows the log. It starts from the newest snapshot, and starts over if an
/// update fails or batches that it needs were deleted. It is searched only after it has caught up. Thread-safe.
/// </summary>
/// <param name="log">The log of the shard.</param>
/// <param name="folder">The local folder.</param>
/// <param name="scheduler">Runs blocking work.</param>
/// <param name="options">When to store snapshots.</param>
internal sealed class ShardReplica(
    ShardLog log, WorkFolder folder, LuceneScheduler scheduler, LsrShardOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MaxGapTime = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _updating = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private Task _catchingUp = Task.CompletedTask;
    private volatile LocalIndex? _local;
    private long _logSize; // of the batches after the last snapshot, in bytes
    private long _snapshotSize;
    private long _snapshotSequence;

    /// <summary>Gets the last batch that searches see, or -1 if the replica has not caught up yet.</summary>
    public long Sequence => _local?.Visible ?? -1;

    /// <summary>Gets whether the log is long enough for a snapshot.</summary>
    public bool NeedsSnapshot =>
        Interlocked.Read(ref _logSize) >= Math.Max(options.SnapshotBytes, _snapshotSize / 2)
        || Sequence - _snapshotSequence >= options.SnapshotBatches;

    /// <summary>Follows the log, and waits until the replica shows a batch.</summary>
    /// <param name="minSequence">The batch.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. The replica goes on, so that it is ready some time even if no query waits that long.
    /// </param>
    public async Task CatchUpAsync(long minSequence, CancellationToken cancellationToken)
    {
        for (var before = long.MinValue;; before = Sequence)
        {
            // What was joined may have begun before the batch; and a network folder may show files late.
            await JoinCatchUp().WaitAsync(cancellationToken).ConfigureAwait(false);
            if (Sequence >= minSequence)
            {
                return;
            }

            if (Sequence == before)
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Searches the index as it is at or after a batch.</summary>
    /// <returns>The answer, or null if the time was too short.</returns>
    public async Task<ShardAnswer?> SearchAsync(
        ShardQuery query, SearchBudget budget, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Sequence < query.MinSequence)
            {
                await CatchUpAsync(query.MinSequence, cancellationToken).ConfigureAwait(false);
            }

            var local = _local;
            try
            {
                if (local?.Visible >= query.MinSequence)
                {
                    return await scheduler.RunAsync(() => local.Index.Search(query, budget), cancellationToken)
                        .ConfigureAwait(false);
                }
            }
            catch (ObjectDisposedException) when (local != _local)
            {
                // The index was replaced meanwhile.
            }
        }
    }

    /// <summary>Returns the number of documents and the size on disk in bytes.</summary>
    public (int Documents, long Size) Measure() => _local?.Index.Measure() ?? (0, 0);

    /// <summary>Stores a snapshot, so that the log becomes short.</summary>
    public async Task StoreSnapshotAsync()
    {
        var logSize = Interlocked.Read(ref _logSize);
        using var files = await CommitAsync().ConfigureAwait(false);
        if (files is { Sequence: > 0 })
        {
            _snapshotSize = await log.Snapshots.UploadAsync(files.Sequence, files.Paths, _closing.Token)
                .ConfigureAwait(false);
            _snapshotSequence = files.Sequence;
            Interlocked.Add(ref _logSize, -logSize);
        }
    }

    /// <summary>Closes the index and deletes it from the local disk.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _updating.WaitAsync().ConfigureAwait(false);
        await Task.Run(Close).ConfigureAwait(false);
        _updating.Release(); // those who wait find that the replica is closing
    }

    private Task JoinCatchUp()
    {
        lock (_gate)
        {
            return _catchingUp = _catchingUp.IsCompleted ? Task.Run(CatchUpAsync, _closing.Token) : _catchingUp;
        }
    }

    private async Task CatchUpAsync()
    {
        await _updating.WaitAsync(_closing.Token).ConfigureAwait(false);
        try
        {
            var local = _local ?? await OpenAsync().ConfigureAwait(false);
            do
            {
                local = await ReadAsync(local).ConfigureAwait(false) is { } batches
                    ? await UpdateAsync(() => Apply(local, batches)).ConfigureAwait(false)
                    : await OpenAsync().ConfigureAwait(false);
            }
            while (local.Visible < 0);
        }
        finally
        {
            _updating.Release();
        }
    }

    // A network folder may show a batch later than its successor.
    private async Task<IReadOnlyList<(ShardBatch Batch, int Size)>?> ReadAsync(LocalIndex local)
    {
        for (var start = Stopwatch.GetTimestamp();;)
        {
            var batches = await log.ReadAsync(local.Index.Sequence, _closing.Token).ConfigureAwait(false);
            if (batches is not { Count: 0 } || local.Index.Sequence >= local.End)
            {
                return batches;
            }

            if (Stopwatch.GetElapsedTime(start) > MaxGapTime)
            {
                throw new InvalidDataException(
                    $"{log.GetKey(local.Index.Sequence + 1)} is missing, but the log goes on to batch {local.End}. "
                    + "Restore it from a backup of the store.");
            }

            await Task.Delay(Pause, _closing.Token).ConfigureAwait(false);
        }
    }

    private LocalIndex Apply(LocalIndex local, IReadOnlyList<(ShardBatch Batch, int Size)> batches)
    {
        if (batches.Count > 0)
        {
            local.Index.Apply([.. batches.Select(batch => batch.Batch)]);
            Interlocked.Add(ref _logSize, batches.Sum(batch => (long)batch.Size));
        }

        // Not until the log has no more batches: under load there are always more of them by then.
        if (local.Visible < local.Index.Sequence && local.Index.Sequence >= local.End)
        {
            local.Index.Refresh();
            local.Visible = local.Index.Sequence;
        }

        return local;
    }

    private async Task<CommittedFiles?> CommitAsync()
    {
        await _updating.WaitAsync(_closing.Token).ConfigureAwait(false);
        try
        {
            return _local is { } local ? await UpdateAsync(local.Index.Commit).ConfigureAwait(false) : null;
        }
        finally
        {
            _updating.Release();
        }
    }

    // An index that may hold a part of a batch must not be used any more.
    private async Task<T> UpdateAsync<T>(Func<T> update)
    {
        try
        {
            return await scheduler.RunAsync(update, _closing.Token).ConfigureAwait(false);
        }
        catch
        {
            await Task.Run(Close).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<LocalIndex> OpenAsync()
    {
        _closing.Token.ThrowIfCancellationRequested();
        await Task.Run(Close).ConfigureAwait(false);
        var path = folder.CreateFolder();
        try
        {
            var snapshot = await log.Snapshots.DownloadAsync(path, _closing.Token).ConfigureAwait(false);
            (_snapshotSequence, _snapshotSize) = (snapshot?.Sequence ?? 0, snapshot?.Size ?? 0);
            Interlocked.Exchange(ref _logSize, 0);
            var end = await log.FindEndAsync(_closing.Token).ConfigureAwait(false);
            var index = await Task.Run(() => new ShardIndex(path, _snapshotSequence)).ConfigureAwait(false);
            return _local = new(path, index, end);
        }
        catch
        {
            WorkFolder.Delete(path);
            throw;
        }
    }

    private void Close()
    {
        var local = _local;
        _local = null;
        if (local is not null)
        {
            local.Index.Dispose();
            WorkFolder.Delete(local.Path);
        }
    }

    /// <param name="path">The folder.</param>
    /// <param name="index">The index.</param>
    /// <param name="end">The last batch when the index was opened.</param>
    private sealed class LocalIndex(string path, ShardIndex index, long end)
    {
        private long _visible = -1;

        public string Path => path;

        public ShardIndex Index => index;

        public long End => end;

        /// <summary>Gets or sets the last batch that searches see, or -1 before the end was reached.</summary>
        public long Visible
        {
            get => Interlocked.Read(ref _visible);
            set => Interlocked.Exchange(ref _visible, value);
        }
    }
}
