using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.Stores;
using Orleans.Serialization;

namespace LuceneLsr.Orleans.Logs;

/// <summary>
/// The log of a shard: batches with the numbers 1, 2, 3 ... in a store. A batch belongs to the shard as soon as it has
/// a number.
/// </summary>
/// <remarks>
/// Any number of writers may append. The store lets only one of them create the object of a number, and the others
/// continue after it, so two writers never overwrite each other. That needs no lease, no epoch and no clock. A writer
/// that was suspended until its number was used, in a snapshot and deleted could create the object again. It notices,
/// because <see cref="ShardSnapshots.GetTruncatedAsync"/> has reached the number by then. Readers ignore objects up to
/// it.
/// </remarks>
/// <param name="store">The store.</param>
/// <param name="keys">The keys of the shard.</param>
/// <param name="serializer">Serializes batches.</param>
internal sealed class ShardLog(IShardStore store, ShardKeys keys, Serializer<ShardBatch> serializer)
{
    private const int MaxBatchesPerRead = 256;
    private const long MaxSizePerRead = 32 << 20; // in bytes; the last batch may exceed it

    /// <summary>Gets the snapshots of the shard.</summary>
    public ShardSnapshots Snapshots { get; } = new(store, keys);

    /// <summary>Returns the key of a batch, for messages.</summary>
    public string GetKey(long sequence) => keys.GetBatch(sequence);

    /// <summary>Finds the number of the last batch, or 0.</summary>
    public async Task<long> FindEndAsync(CancellationToken cancellationToken)
    {
        var batches = await store.ListAsync(keys.Log, cancellationToken).ConfigureAwait(false);
        var logged = batches.Count > 0 ? ShardKeys.GetSequence(batches[^1], keys.Log) : 0;
        return Math.Max(logged, await Snapshots.GetLatestAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Appends a batch as a number. When it returns true, the batch is durable.</summary>
    /// <returns>False if another writer has used the number.</returns>
    public async Task<bool> TryAppendAsync(long sequence, ShardBatch batch, CancellationToken cancellationToken)
    {
        var record = new LogRecord(Guid.NewGuid(), serializer.SerializeToArray(batch));
        var key = keys.GetBatch(sequence);
        var isCreated = await store.TryCreateAsync(key, record.ToBytes(), cancellationToken).ConfigureAwait(false)
            || await IsAtAsync(key, record.Id, cancellationToken).ConfigureAwait(false);
        if (isCreated && await Snapshots.GetTruncatedAsync(cancellationToken).ConfigureAwait(false) >= sequence)
        {
            await store.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
            return false;
        }

        return isCreated;
    }

    /// <summary>Reads the next batches after a number; none at the end of the log.</summary>
    /// <returns>The batches with their sizes in bytes, or null if they may have been deleted.</returns>
    /// <exception cref="InvalidDataException">A batch is corrupt.</exception>
    public async Task<IReadOnlyList<(ShardBatch Batch, int Size)>?> ReadAsync(
        long after, CancellationToken cancellationToken)
    {
        var batches = new List<(ShardBatch, int)>();
        var size = 0L;
        while (batches.Count < MaxBatchesPerRead && size < MaxSizePerRead)
        {
            var key = keys.GetBatch(after + batches.Count + 1);
            if (await store.TryReadAsync(key, cancellationToken).ConfigureAwait(false) is not { } bytes)
            {
                break;
            }

            batches.Add((Deserialize(key, bytes), bytes.Length));
            size += bytes.Length;
        }

        // After the reads, so that no batch that is used can be one that was deleted and created again.
        var truncated = await Snapshots.GetTruncatedAsync(cancellationToken).ConfigureAwait(false);
        return truncated > after ? null : batches;
    }

    private ShardBatch Deserialize(string key, byte[] bytes) =>
        serializer.Deserialize(LogRecord.Parse(key, bytes).Payload)
        ?? throw new InvalidDataException(
            $"The log record {key} holds no batch. Restore it from a backup of the store.");

    // A client of object storage repeats requests: the first one may have created the object.
    private async Task<bool> IsAtAsync(string key, Guid id, CancellationToken cancellationToken) =>
        await store.TryReadAsync(key, cancellationToken).ConfigureAwait(false) is { } bytes
        && LogRecord.Parse(key, bytes).Id == id;
}
