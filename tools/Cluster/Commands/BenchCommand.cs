using System.CommandLine;
using System.Diagnostics;
using LuceneLsr.Orleans;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Tools.Cluster.Loads;
using LuceneLsr.Tools.Cluster.Options;
using LuceneLsr.Tools.Cluster.Silos;
using Spectre.Console;

namespace LuceneLsr.Tools.Cluster.Commands;

/// <summary>"bench": compares clusters with one local index.</summary>
internal static class BenchCommand
{
    private const int TermsPerDocument = 100;
    private const int Top = 10;
    private const int DocumentsPerCall = 2_000;
    private static readonly int[] Silos = [1, 2, 4];

    public static Command Create()
    {
        var count = IndexOptions.CreateCount("--documents", "Number of synthetic documents.", 50_000, 10_000_000);
        var seconds = IndexOptions.CreateCount(
            "--seconds", "Seconds of each measurement, after as many to warm up.", 10, 3_600);
        var callers = IndexOptions.CreateCount(
            "--callers", "Number of callers that search at the same time.", 8, 1_000);
        var command = new Command(
            "bench", "Measure throughput and latency of 1, 2 and 4 silos on this machine, and of one local index.")
        {
            count, seconds, callers,
        };
        var membership = new MembershipOptions(command, port: 22_111);
        var index = new IndexOptions(command, replicas: 1);
        command.SetAction(async (parsed, cancellation) =>
        {
            var documents = new NumberedDocuments(TermsPerDocument);
            var measure = new Measurement(
                documents, parsed.GetValue(count), [1, parsed.GetValue(callers)],
                TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation);
            var table = new Table().RoundedBorder()
                .AddColumns("index", "callers", "queries/s", "median ms", "95% ms", "documents/s written");
            await measure.AddLocalAsync(table).ConfigureAwait(false);
            foreach (var silos in Silos)
            {
                using var folder = new TemporaryFolder();
                var settings = new SiloSettings(
                    membership.Get(parsed), folder.Path, index.GetShards(parsed), index.GetReplicas(parsed),
                    DashboardPort: null, HasEncoder: false);
                await measure.AddClusterAsync(table, silos, settings).ConfigureAwait(false);
            }

            AnsiConsole.Write(table);
        });
        return command;
    }

    private sealed record Measurement(
        NumberedDocuments Documents, int Count, int[] Callers, TimeSpan Time, CancellationToken Cancellation)
    {
        public async Task AddLocalAsync(Table table)
        {
            using var folder = new TemporaryFolder();
            var start = Stopwatch.GetTimestamp();
            using var local = new LocalIndex(folder.Path, Documents, Count);
            var written = Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
            await AddRowsAsync(
                table, "one local index", written,
                query =>
                {
                    local.Search(NumberedDocuments.CreateQuery(query), Top);
                    return Task.CompletedTask;
                }).ConfigureAwait(false);
        }

        public async Task AddClusterAsync(Table table, int silos, SiloSettings settings)
        {
            await using var cluster = await LocalCluster.StartAsync(settings, silos, Cancellation)
                .ConfigureAwait(false);
            await using var client = await ClusterClient.ConnectAsync(
                settings.Membership, configure: null, Cancellation).ConfigureAwait(false);
            var start = Stopwatch.GetTimestamp();
            foreach (var numbers in Enumerable.Range(0, Count).Chunk(DocumentsPerCall))
            {
                await client.Cluster.PutAsync([.. numbers.Select(Documents.Create)], Cancellation)
                    .ConfigureAwait(false);
            }

            var written = Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
            await AddRowsAsync(
                table, $"{settings.Shards} shards on {silos} silos", written,
                query => client.Cluster.SearchAsync(
                    new ClusterQuery(NumberedDocuments.CreateQuery(query)) { Top = Top }, Cancellation))
                .ConfigureAwait(false);
        }

        private async Task AddRowsAsync(Table table, string name, double written, Func<int, Task> search)
        {
            foreach (var callers in Callers)
            {
                var figures = await Throughput.MeasureAsync(search, callers, Time, Cancellation).ConfigureAwait(false);
                table.AddRow(
                    name, $"{callers:N0}", $"{figures.QueriesPerSecond:N0}", $"{figures.Median:F1}",
                    $"{figures.Percentile95:F1}", $"{written:N0}");
            }
        }
    }
}
