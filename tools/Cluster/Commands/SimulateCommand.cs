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
            var sizes = studies.CreateSizes(options.GetDocuments(parsed));
            var output = options.GetOutput(parsed);
            if (output is null)
            {
                Print(Simulate(sizes));
            }
            else
            {
                NewDirectory.Write(output, folder => Write(folder, Simulate(sizes.Concat(studies.CreateOthers()))));
                PlotLabels.WarnWithoutFonts(Png);
            }

            void Print(IEnumerable<SimulatedPoint> points) => WideTable.Write(SizingTable.Create(
                points.Where(point => point.Study == Study.Documents), options.GetBytesPerDocument(parsed)));

            void Write(string folder, IReadOnlyCollection<SimulatedPoint> points)
            {
                Print(points);
                SimulationCsv.Write(Path.Combine(folder, Csv), points);
                SimulationPlot.Write(
                    SimulationPlot.Draw(points), Path.Combine(folder, Png), Path.Combine(folder, Svg));
            }

            List<SimulatedPoint> Simulate(
                IEnumerable<(Study Study, string Series, double X, SimulatedCluster Cluster)> clusters) =>
                Run([.. clusters], options.GetQueries(parsed), cancellation);
        });
        return command;
    }

    private static List<SimulatedPoint> Run(
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
