using Spectre.Console;

namespace LuceneLsr.Tools.Cluster.Simulations;

/// <summary>Prints what clusters of different sizes need and how fast they answer.</summary>
internal static class SizingTable
{
    /// <summary>Creates the table.</summary>
    /// <param name="points">The clusters.</param>
    /// <param name="bytesPerDocument">The size of an index per document.</param>
    public static Table Create(IEnumerable<SimulatedPoint> points, double bytesPerDocument)
    {
        var table = new Table().RoundedBorder().AddColumns(
            "documents", "shards", "replicas", "machines for silos", "for clients", "cores", "GB of index per machine",
            "queries/s", "p50 ms", "p99 ms");
        foreach (var (cluster, result) in points.Select(point => (point.Cluster, point.Result)))
        {
            var (silos, clients) = (cluster.Replicas * cluster.MachinesPerReplica, cluster.Clients);
            table.AddRow(
                $"{cluster.Documents:N0}", $"{cluster.Shards:N0}", $"{cluster.Replicas:N0}", $"{silos:N0}",
                $"{clients:N0}", $"{(silos + clients) * cluster.Cores:N0}",
                $"{cluster.Documents * bytesPerDocument / cluster.MachinesPerReplica / 1e9:N1}", $"{cluster.Rate:N0}",
                $"{result.Median:N1}", $"{result.Percentile99:N1}");
        }

        return table;
    }
}
