using LuceneLsr.Orleans.Grains;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.Placement;

namespace LuceneLsr.Orleans.Clients;

/// <summary>The attempts to search a shard. Each asks the next replica.</summary>
/// <param name="grains">Finds the replicas.</param>
/// <param name="shard">The shard.</param>
/// <param name="replicas">The number of replicas.</param>
/// <param name="first">Spreads searches over replicas.</param>
/// <param name="query">The query. Each attempt gets the time that is left then.</param>
/// <param name="deadline">Knows the time that is left.</param>
internal sealed class ReplicaAttempts(
    IGrainFactory grains, int shard, int replicas, uint first, ShardQuery query, Deadline deadline)
{
    private uint _next = first;

    /// <summary>Gets the last exception of a replica, or null.</summary>
    public Exception? LastFailure { get; private set; }

    /// <summary>Asks the next replica.</summary>
    /// <exception cref="TimeoutException">The replica ran out of time.</exception>
    public async ValueTask<ShardAnswer> SearchNextAsync(CancellationToken cancellationToken)
    {
        var replica = new ReplicaKey(shard, (int)((Interlocked.Increment(ref _next) - 1) % (uint)replicas));
        try
        {
            return await grains.GetGrain<IShardReplicaGrain>(replica.ToString())
                .SearchAsync(query with { Time = deadline.Left }, cancellationToken)
                .WaitAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new TimeoutException($"Replica {replica} ran out of time.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LastFailure = exception;
            throw;
        }
    }
}
