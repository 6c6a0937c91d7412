using System.Globalization;
using CsvHelper;

namespace LuceneLsr.Tools.Cluster.Simulations;

/// <summary>Writes all points as CSV: a header, then one line per point.</summary>
internal static class SimulationCsv
{
    /// <summary>Writes the file.</summary>
    public static void Write(string path, IEnumerable<SimulatedPoint> points)
    {
        using var writer = new CsvWriter(new StreamWriter(path), CultureInfo.InvariantCulture);
        writer.WriteRecords(points.Select(point => new
        {
            point.Study,
            point.Cluster.Documents,
            point.Cluster.Shards,
            point.Cluster.Replicas,
            SiloMachines = point.Cluster.Replicas * point.Cluster.MachinesPerReplica,
            ClientMachines = point.Cluster.Clients,
            point.Cluster.Load,
            QueriesPerSecond = point.Cluster.Rate,
            point.Cluster.SlowShare,
            HedgeMilliseconds = point.Cluster.HedgeSeconds * 1e3,
            MeanMilliseconds = point.Result.Mean,
            MedianMilliseconds = point.Result.Median,
            Percentile99Milliseconds = point.Result.Percentile99,
            point.Result.Busy,
        }));
    }
}
