using System.CommandLine;
using LuceneLsr.Tools.Cluster.Options;
using LuceneLsr.Tools.Cluster.Simulations;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Plots;

namespace LuceneLsr.Tools.Cluster.Commands;

/// <summary>"simulate": predicts latency and throughput of clusters of any size.</summary>
internal static class SimulateCommand
{
    private const int Seed = 1;
    private const string Csv = "simulation.csv";
    private const string Png = "simulation.png";
    private const string Svg = "simulation.svg";

    public static Command Create()
    {
        var command = new Command(
            "simulate",
            "Predict latency and throughput of clusters of any size from measured costs: a sizing table and, with "
            + "--output, plots over shards, throughput and stragglers.");
        var options = new SimulationOptions(command);
        command.SetWork((parsed, cancellation) =>
        {
            var studies = new Studies(options.CreateModel(parsed), options.GetShardDocuments(parsed));
            var sizes = studies.CreateSizes(options.GetDocuments(parsed)).ToList();
            var (queries, bytes) = (options.GetQueries(parsed), options.GetBytesPerDocument(parsed));
            if (options.GetOutput(parsed) is not { } output)
            {
                Print(Simulate(sizes, queries, cancellation), bytes);
                return;
            }

            NewDirectory.Write(output, folder =>
            {
                var points = Simulate([.. sizes, .. studies.CreateOthers()], queries, cancellation);
                Print(points, bytes);
                Save(folder, points);
            });
            PlotLabels.WarnWithoutFonts(Png);
        });
        return command;
    }

    private static void Print(IEnumerable<SimulatedPoint> points, double bytesPerDocument) =>
        WideTable.Write(SizingTable.Create(
            points.Where(point => point.Study == Study.Documents), bytesPerDocument));

    private static void Save(string folder, IReadOnlyCollection<SimulatedPoint> points)
    {
        SimulationCsv.Write(Path.Combine(folder, Csv), points);
        SimulationPlot.Write(SimulationPlot.Draw(points), Path.Combine(folder, Png), Path.Combine(folder, Svg));
    }

    private static List<SimulatedPoint> Simulate(
        IReadOnlyCollection<(Study Study, string Series, double X, SimulatedCluster Cluster)> clusters, int queries,
        CancellationToken cancellation) => TimedProgress.Create().Start(context =>
    {
        var task = context.AddTask("Simulating", maxValue: clusters.Count);
        return clusters.AsParallel().AsOrdered().WithCancellation(cancellation).Select(point =>
        {
            var result = ClusterSimulation.Run(point.Cluster, queries, Seed, cancellation);
            task.Increment(1);
            return new SimulatedPoint(point.Study, point.Series, point.X, point.Cluster, result);
        }).ToList();
    });
}
