using System.ComponentModel.DataAnnotations;

namespace LuceneLsr.Orleans.Configuration;

/// <summary>The shards of an index. All silos must have the same numbers of shards and replicas.</summary>
public sealed class LsrShardOptions
{
    /// <summary>
    /// Gets or sets the number of shards. It cannot be changed later: another number needs a new store.
    /// </summary>
    [Range(1, 1_024)]
    public int Shards { get; set; } = 4;

    /// <summary>
    /// Gets or sets the number of replicas of each shard. It can be changed when the cluster is restarted.
    /// </summary>
    [Range(1, 10)]
    public int Replicas { get; set; } = 2;

    /// <summary>
    /// Gets or sets the local folder of the indexes, a cache of the store. Silos of one machine may share it. What it
    /// holds is deleted when its silo stops or, after a crash, when the next one starts.
    /// </summary>
    [Required]
    public string LocalFolder { get; set; } = Path.Combine(Path.GetTempPath(), "lucenelsr-shards");

    /// <summary>
    /// Gets or sets how long an acknowledgment waits for replicas. A write is durable without them; a replica that does
    /// not answer in time catches up later, at the latest after <see cref="RefreshInterval"/>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan ReplicationTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets how often a replica looks for batches that it was not told about.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gets or sets how long the silos must have changed before replicas move to equal shares, so that a silo that only
    /// restarts moves nothing. Each further replica of a shard waits once more, so that not all move at the same time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan RebalanceDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets or sets the size of a shard's log, in bytes, at which a snapshot replaces it. A log may always grow to half
    /// the size of the last snapshot, so that a large index is not copied for each small change.
    /// </summary>
    [Range(1L, long.MaxValue)]
    public long SnapshotBytes { get; set; } = 64L << 20;

    /// <summary>Gets or sets the number of batches of a shard's log at which a snapshot replaces it.</summary>
    [Range(1, 1_000_000)]
    public int SnapshotBatches { get; set; } = 1_000;

    /// <summary>Gets or sets how many searches and updates a silo runs at the same time; the others wait.</summary>
    [Range(1, 1_024)]
    public int MaxConcurrency { get; set; } = Environment.ProcessorCount;
}
