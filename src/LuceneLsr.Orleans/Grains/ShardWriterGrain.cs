using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Orleans.Logs;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.Placement;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace LuceneLsr.Orleans.Grains;

/// <inheritdoc cref="IShardWriterGrain"/>
/// <remarks>
/// Not reentrant: batches are written in the order of their arrival. During a partition of the cluster there may be two
/// activations; <see cref="ShardLog"/> says why that does no harm.
/// </remarks>
internal sealed class ShardWriterGrain(ShardLogs logs, IOptions<LsrShardOptions> options) : Grain, IShardWriterGrain
{
    private readonly HashSet<int> _late = []; // replicas that did not answer in time, and are not waited for
    private long? _end; // the last number, or null if it is unknown

    /// <inheritdoc/>
    public async Task<long> WriteAsync(ShardBatch batch)
    {
        var shard = (int)this.GetPrimaryKeyLong();
        batch.Check(shard, options.Value.Shards);
        var sequence = await AppendAsync(logs.Open(shard), batch);
        await AdvanceReplicasAsync(shard, sequence);
        return sequence;
    }

    // A writer that was suspended must not append after its successor: the client has repeated the batch there, and may
    // have written others since. The exception ends this activation, and the client repeats what is not acknowledged.
    private async Task<long> AppendAsync(ShardLog log, ShardBatch batch)
    {
        var sequence = (_end ?? await log.FindEndAsync(CancellationToken.None)) + 1;
        _end = null; // unless it is known that the batch has the number
        if (!await log.TryAppendAsync(sequence, batch, CancellationToken.None))
        {
            throw new InconsistentStateException($"Another writer has used the number {sequence} of this shard.");
        }

        _end = sequence;
        return sequence;
    }

    // Replicas that are late are not waited for, unless all are: then writes must not become faster than replicas.
    private Task AdvanceReplicasAsync(int shard, long sequence)
    {
        int[] replicas = [.. Enumerable.Range(0, options.Value.Replicas)];
        int[] onTime = [.. replicas.Except(_late)];
        Task[] advances = [.. replicas.Select(replica => AdvanceInTimeAsync(shard, replica, sequence))];
        return onTime.Length > 0
            ? Task.WhenAll(onTime.Select(replica => advances[replica]))
            : Task.WhenAny(advances);
    }

    private async Task AdvanceInTimeAsync(int shard, int replica, long sequence)
    {
        using var timeout = new CancellationTokenSource(options.Value.ReplicationTimeout);
        try
        {
            await GrainFactory.GetGrain<IShardReplicaGrain>(new ReplicaKey(shard, replica).ToString())
                .AdvanceAsync(sequence, timeout.Token).WaitAsync(timeout.Token);
            _late.Remove(replica);
        }
        catch (Exception)
        {
            _late.Add(replica); // the batch is durable, and the replica catches up
        }
    }
}
