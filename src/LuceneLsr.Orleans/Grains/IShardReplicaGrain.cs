using LuceneLsr.Orleans.Messages;

namespace LuceneLsr.Orleans.Grains;

/// <summary>A replica of a shard. Its key is a <see cref="Placement.ReplicaKey"/>.</summary>
[Alias("LuceneLsr.Orleans.IShardReplicaGrain")]
internal interface IShardReplicaGrain : IGrainWithStringKey
{
    /// <summary>Searches the shard. Returns null if the time was too short.</summary>
    [Alias("Search")]
    Task<ShardAnswer?> SearchAsync(ShardQuery query, CancellationToken cancellationToken);

    /// <summary>Waits until the replica shows a batch.</summary>
    [Alias("Advance")]
    Task AdvanceAsync(long sequence, CancellationToken cancellationToken);

    /// <summary>Returns the state of the replica.</summary>
    [Alias("GetStatus")]
    Task<ReplicaStatus> GetStatusAsync();
}
