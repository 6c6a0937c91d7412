using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Orleans.Logs;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.Placement;
using Microsoft.Extensions.Options;

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
        await Task.WhenAll(Enumerable.Range(0, options.Value.Replicas)
            .Select(replica => AdvanceAsync(shard, replica, sequence)));
        return sequence;
    }

    private async Task<long> AppendAsync(ShardLog log, ShardBatch batch)
    {
        while (true)
        {
            var sequence = (_end ?? await log.FindEndAsync(CancellationToken.None)) + 1;
            _end = null; // unless it is known that the batch has the number
            if (await log.TryAppendAsync(sequence, batch, CancellationToken.None))
            {
                _end = sequence;
                return sequence;
            }
        }
    }

    private Task AdvanceAsync(int shard, int replica, long sequence)
    {
        var advance = AdvanceInTimeAsync(shard, replica, sequence);
        return _late.Contains(replica) ? Task.CompletedTask : advance;
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
            _late.Add(replica); // the batch is durable, and the replica catches up before it answers its writer's queries
        }
    }
}
