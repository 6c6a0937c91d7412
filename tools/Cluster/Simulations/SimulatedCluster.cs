namespace LuceneLsr.Tools.Cluster.Simulations;

/// <summary>
/// A cluster to simulate. Each machine of a replica has as many shards as cores, or fewer if there are fewer shards.
/// Clients run on machines of their own.
/// </summary>
internal sealed record SimulatedCluster
{
    private const double ClientLoad = 0.5;

    /// <summary>Gets the number of documents.</summary>
    public required long Documents { get; init; }

    /// <summary>Gets the number of shards.</summary>
    public required int Shards { get; init; }

    /// <summary>Gets the number of replicas of each shard.</summary>
    public required int Replicas { get; init; }

    /// <summary>Gets the number of cores of a machine.</summary>
    public required int Cores { get; init; }

    /// <summary>Gets the rate of queries as a share of <see cref="Capacity"/>, from 0 to 1.</summary>
    public required double Load { get; init; }

    /// <summary>Gets the costs.</summary>
    public required QueryCosts Costs { get; init; }

    /// <summary>Gets the share of searches of a shard that are slow, for whatever reason.</summary>
    public required double SlowShare { get; init; }

    /// <summary>Gets how many times as long as others they take.</summary>
    public required double SlowFactor { get; init; }

    /// <summary>
    /// Gets the wait before the next replica is also asked, as a multiple of <see cref="ShardSeconds"/>, or null for
    /// never.
    /// </summary>
    public required double? HedgeFactor { get; init; }

    /// <summary>Gets the wait in seconds before the next replica is also asked, or null for never.</summary>
    public double? HedgeSeconds => HedgeFactor * ShardSeconds;

    /// <summary>Gets the time of a core for an average search of a shard that is not slow.</summary>
    public double ShardSeconds => Costs.GetShardSeconds((double)Documents / Shards);

    /// <summary>Gets the number of machines that hold one replica of all shards.</summary>
    public int MachinesPerReplica => (Shards + Cores - 1) / Cores;

    /// <summary>Gets the queries per second at which all cores of silos are busy, without hedged calls.</summary>
    public double Capacity => Replicas * MachinesPerReplica * Cores
        / (Shards * ShardSeconds * (1 + (SlowShare * (SlowFactor - 1))));

    /// <summary>Gets the rate of queries per second.</summary>
    public double Rate => Load * Capacity;

    /// <summary>Gets the number of machines with clients, whose cores are at most half busy.</summary>
    public int Clients => (int)Math.Ceiling(Rate * Shards * Costs.ClientSeconds / (ClientLoad * Cores));
}
