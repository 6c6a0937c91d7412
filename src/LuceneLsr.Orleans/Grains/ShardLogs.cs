using LuceneLsr.Orleans.Logs;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.Stores;
using Orleans.Serialization;

namespace LuceneLsr.Orleans.Grains;

/// <summary>Opens the logs of shards.</summary>
/// <param name="store">The store of the index.</param>
/// <param name="serializer">Serializes batches.</param>
internal sealed class ShardLogs(IShardStore store, Serializer<ShardBatch> serializer)
{
    /// <summary>Opens the log of a shard.</summary>
    public ShardLog Open(int shard) => new(store, new ShardKeys(shard), serializer);
}
