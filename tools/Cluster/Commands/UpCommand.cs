using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Orleans;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Tools.Cluster.Options;
using LuceneLsr.Tools.Cluster.Silos;
using LuceneLsr.Tools.Common.Output;
using Spectre.Console;

namespace LuceneLsr.Tools.Cluster.Commands;

/// <summary>"up": starts a cluster on this machine.</summary>
internal static class UpCommand
{
    private const int DocumentsPerCall = 64;

    private static readonly TimeSpan OpeningTime = TimeSpan.FromMinutes(1);

    private static readonly string Collection = Path.Combine(AppContext.BaseDirectory, "debian-packages");

    public static Command Create()
    {
        var silos = IndexOptions.CreateCount("--silos", "Number of silos.", 3, 64);
        var folder = IndexOptions.CreateFolder();
        Option<int> dashboard = new("--dashboard")
        {
            Description = "Port of the dashboard.",
            DefaultValueFactory = _ => 8_080,
        };
        var command = new Command(
            "up", "Start silos and index the built-in collection, unless that is done. Ctrl+C stops them.")
        {
            silos, folder, dashboard,
        };
        var membership = new MembershipOptions(command);
        var index = new IndexOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = new SiloSettings(
                membership.Get(parsed), parsed.GetValue(folder)!, index.GetShards(parsed), index.GetReplicas(parsed),
                parsed.GetValue(dashboard), HasEncoder: true);
            await using var cluster = await LocalCluster.StartAsync(settings, parsed.GetValue(silos), cancellation)
                .ConfigureAwait(false);
            await using var client = await ClusterClient.ConnectAsync(
                settings.Membership, configure: null, cancellation).ConfigureAwait(false);
            await EnsureIndexedAsync(client.Cluster, cancellation).ConfigureAwait(false);
            WriteHints(settings);
            await WatchAsync(cluster, settings.Membership, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private static void WriteHints(SiloSettings settings)
    {
        Console.WriteLine($"The dashboard is at http://127.0.0.1:{settings.DashboardPort}/. In another terminal, run");
        Console.WriteLine($"  lsr-cluster search \"cut scenes out of a movie\"{FormatOptions(settings.Membership)}");
        Console.WriteLine("Ctrl+C stops the cluster. The index stays in the folder.");
    }

    private static string FormatOptions(Membership membership) => membership == Membership.Default
        ? ""
        : $" {string.Join(' ', membership.ToArguments())}";

    // Returns when the user stops the cluster.
    private static async Task WatchAsync(LocalCluster cluster, Membership membership, CancellationToken cancellation)
    {
        while (true)
        {
            int number, exitCode, left;
            try
            {
                (number, exitCode, left) = await cluster.WaitForEndAsync(cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            var ended = $"Silo {number} ended with exit code {exitCode}.";
            if (left == 0 || (number == 0 && membership.NeedsFirstSilo))
            {
                throw new InvalidOperationException($"{ended} The others cannot go on without it. Run 'up' again.");
            }

            await Console.Error.WriteLineAsync($"{ended} Others take its replicas. To replace it, run 'up' again.")
                .ConfigureAwait(false);
        }
    }

    private static async Task EnsureIndexedAsync(LsrCluster cluster, CancellationToken cancellation)
    {
        var corpus = BeirCollection.ReadCorpus(Collection);
        if (await CountDocumentsAsync(cluster, cancellation).ConfigureAwait(false) >= corpus.Count)
        {
            return;
        }

        await TimedProgress.Create().StartAsync(async context =>
        {
            var progress = new DocumentProgress(context.AddTask("Encoding and indexing", maxValue: corpus.Count));
            foreach (var chunk in corpus.Chunk(DocumentsPerCall))
            {
                var vectors = await cluster.EncodeDocumentsAsync(
                    [.. chunk.Select(document => document.Contents)], cancellation).ConfigureAwait(false);
                await cluster.PutAsync(
                    [.. chunk.Zip(vectors, (document, vector) => new ClusterDocument(
                        document.Id, vector, new DocumentField("title", document.Title)))],
                    cancellation).ConfigureAwait(false);
                progress.Add(chunk.Length);
            }
        }).ConfigureAwait(false);
    }

    // A search waits until each shard has opened its index, and says why one cannot.
    private static async Task<int> CountDocumentsAsync(LsrCluster cluster, CancellationToken cancellation)
    {
        await cluster.SearchAsync(new ClusterQuery([new("any", 1)]) { Deadline = OpeningTime }, cancellation)
            .ConfigureAwait(false);
        var states = await cluster.GetStatusAsync(cancellation).ConfigureAwait(false);
        return states.GroupBy(state => state.Shard).Sum(shard => shard.Max(state => state.Documents));
    }
}
