using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Orleans.Replicas;
using Microsoft.Extensions.Options;

namespace LuceneLsr.Orleans.Grains;

/// <summary>Creates the replicas of a silo.</summary>
/// <param name="logs">The logs of the shards.</param>
/// <param name="folder">The local folder of the silo.</param>
/// <param name="scheduler">The scheduler of the silo.</param>
/// <param name="options">The options of the shards.</param>
internal sealed class ShardReplicas(
    ShardLogs logs, WorkFolder folder, LuceneScheduler scheduler, IOptions<LsrShardOptions> options)
{
    /// <summary>Creates a replica of a shard.</summary>
    public ShardReplica Create(int shard) => new(logs.Open(shard), folder, scheduler, options.Value);
}
