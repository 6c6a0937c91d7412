using LuceneLsr.Orleans.Configuration;

namespace LuceneLsr.Tools.Cluster.Simulations;

/// <summary>The clusters of each study. All but the first are of <see cref="Documents"/> documents.</summary>
/// <param name="model">The cluster whose other properties all have.</param>
/// <param name="shardDocuments">The number of documents of a shard, where it is not varied.</param>
internal sealed class Studies(SimulatedCluster model, long shardDocuments)
{
    /// <summary>The number of documents where it is not varied.</summary>
    public const long Documents = 1_000_000_000;

    private const int MaxShards = 20_000;

    private static readonly TimeSpan DefaultHedge = new LsrClusterOptions().HedgeDelay;
    private static readonly int[] Shards = [10, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1_000, 1_500];
    private static readonly double[] Loads = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9];
    private static readonly double[] SlowShares = [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1];

    /// <summary>Returns clusters of a number of documents each.</summary>
    public IEnumerable<(Study Study, string Series, double X, SimulatedCluster Cluster)> CreateSizes(
        IEnumerable<long> documents) =>
        documents.Select(count => (Study.Documents, "", (double)count, Resize(count)));

    /// <summary>Returns the clusters of the other studies.</summary>
    public IEnumerable<(Study Study, string Series, double X, SimulatedCluster Cluster)> CreateOthers()
    {
        var cluster = Resize(Documents);
        foreach (var shards in Shards)
        {
            yield return (Study.Shards, "", shards, cluster with { Shards = shards });
        }

        foreach (var replicas in Enumerable.Range(1, 3))
        {
            var series = replicas == 1 ? "1 replica" : $"{replicas} replicas";
            foreach (var replicated in Loads.Select(load => cluster with { Replicas = replicas, Load = load }))
            {
                yield return (Study.Throughput, series, replicated.Rate, replicated);
            }
        }

        foreach (var (series, factor) in GetHedging(cluster))
        {
            foreach (var share in SlowShares)
            {
                // The rate of all points is that of the model, so that only the stragglers differ.
                var slow = cluster with { SlowShare = share, HedgeFactor = factor };
                yield return (Study.Stragglers, series, share, slow with { Load = cluster.Rate / slow.Capacity });
            }
        }
    }

    private static IEnumerable<(string Series, double? Factor)> GetHedging(SimulatedCluster cluster) =>
    [
        ("never", null),
        ($"after {DefaultHedge.TotalMilliseconds:F0} ms (default)", DefaultHedge.TotalSeconds / cluster.ShardSeconds),
        ($"after {cluster.HedgeSeconds * 1e3:F0} ms", cluster.HedgeFactor),
    ];

    private SimulatedCluster Resize(long documents) => model with
    {
        Documents = documents,
        Shards = CountShards(documents),
    };

    private int CountShards(long documents)
    {
        var shards = ((documents - 1) / shardDocuments) + 1;
        return shards <= MaxShards ? (int)shards : throw new ArgumentException(
            $"{documents:N0} documents in shards of {shardDocuments:N0} are {shards:N0} shards; at most {MaxShards:N0} "
            + "are simulated. Use larger --shard-documents.");
    }
}
