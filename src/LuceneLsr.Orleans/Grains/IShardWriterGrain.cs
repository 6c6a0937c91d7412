using LuceneLsr.Orleans.Messages;

namespace LuceneLsr.Orleans.Grains;

/// <summary>Writes the log of a shard. Its key is the shard.</summary>
[Alias("LuceneLsr.Orleans.IShardWriterGrain")]
internal interface IShardWriterGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Makes a batch durable, and waits for the replicas to show it, but not longer than the replication timeout.
    /// </summary>
    /// <returns>The number of the batch.</returns>
    [Alias("Write")]
    Task<long> WriteAsync(ShardBatch batch);
}
