using System.CommandLine;
using System.Net;
using LuceneLsr.Tools.Cluster.Options;
using LuceneLsr.Tools.Cluster.Silos;

namespace LuceneLsr.Tools.Cluster.Commands;

/// <summary>"up": starts a cluster on this machine.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var silos = IndexOptions.CreateCount("--silos", "Number of silos.", 3, 64);
        var folder = IndexOptions.CreateFolder();
        var dashboard = IndexOptions.CreateCount("--dashboard", "Port of the dashboard.", 8_080, IPEndPoint.MaxPort);
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
            await BuiltInIndex.EnsureAsync(client.Cluster, cancellation).ConfigureAwait(false);
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
                throw new InvalidOperationException(
                    $"{ended} Without it the cluster cannot go on. The index stays in the folder; run 'up' again.");
            }

            await Console.Error.WriteLineAsync(
                $"{ended} Others take its replicas. To replace it, stop 'up' and run it again.").ConfigureAwait(false);
        }
    }
}
