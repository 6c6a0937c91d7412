using System.CommandLine;
using System.Diagnostics;
using LuceneLsr.Orleans;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Tools.Cluster.Loads;
using LuceneLsr.Tools.Cluster.Options;
using LuceneLsr.Tools.Cluster.Silos;
using LuceneLsr.Tools.Common.Options;
using MathNet.Numerics.Statistics;
using Spectre.Console;

namespace LuceneLsr.Tools.Cluster.Commands;

/// <summary>"kill": kills silos while documents are written and searched.</summary>
internal static class KillCommand
{
    private const int TermsPerDocument = 20;
    private const int MaxHits = 1_000_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static Command Create()
    {
        var kills = IndexOptions.CreateCount("--kills", "Number of silos to kill.", 50, 100_000);
        var silos = new Option<int>("--silos") { Description = "Number of silos.", DefaultValueFactory = _ => 3 }
            .Require(count => count is >= 2 and <= 64, "from 2 to 64, so that one can be killed");
        Option<int> seed = new("--seed") { Description = "Seed of the random choices.", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "kill",
            "Kill (-9) one silo after the other under load. Fails if an answer is wrong or an acknowledged document "
            + "is lost. With --clustering localhost the first silo, which holds the membership, is spared.")
        {
            kills, silos, seed,
        };
        var membership = new MembershipOptions(command, port: 21_111);
        var index = new IndexOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var folder = new TemporaryFolder();
            var settings = new SiloSettings(
                membership.Get(parsed), folder.Path, index.GetShards(parsed), index.GetReplicas(parsed),
                DashboardPort: null, HasEncoder: false);
            await RunAsync(
                settings, parsed.GetValue(silos), parsed.GetValue(kills), new Random(parsed.GetValue(seed)),
                cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task RunAsync(
        SiloSettings settings, int silos, int kills, Random random, CancellationToken cancellation)
    {
        await using var cluster = await LocalCluster.StartAsync(settings, silos, cancellation).ConfigureAwait(false);
        await using var client = await ClusterClient.ConnectAsync(
            settings.Membership, options => options.WriteTimeout = TimeSpan.FromMinutes(5), cancellation)
            .ConfigureAwait(false);
        var documents = new NumberedDocuments(TermsPerDocument);
        var writes = new WriteLoad(client.Cluster, documents);
        var searches = new SearchLoad(client.Cluster, documents, writes);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var load = Task.WhenAll(RunAsync(writes.RunAsync, stopping), RunAsync(searches.RunAsync, stopping));
        var recoveries = new List<Recovery>();
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(2), stopping.Token).ConfigureAwait(false);
            var first = settings.Membership.NeedsFirstSilo ? 1 : 0;
            while (recoveries.Count < kills)
            {
                recoveries.Add(await KillAsync(
                    cluster, client.Cluster, random.Next(first, silos), writes, searches, stopping.Token)
                    .ConfigureAwait(false));
                var (answer, write, replicas) = recoveries[^1];
                Console.WriteLine(
                    $"kill {recoveries.Count}: answers again after {answer.TotalSeconds:F1} s, "
                    + $"writes after {write.TotalSeconds:F1} s, all replicas after {replicas.TotalSeconds:F1} s");
            }
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await load.ConfigureAwait(false);
        }

        var lost = await CountLostAsync(client.Cluster, documents, writes, cancellation).ConfigureAwait(false);
        Write(recoveries, writes, searches, lost);
    }

    // A load that fails ends everything, because nothing would be acknowledged or answered any more.
    private static Task RunAsync(Func<CancellationToken, Task> load, CancellationTokenSource stopping) => Task.Run(
        async () =>
        {
            try
            {
                await load(stopping.Token).ConfigureAwait(false);
            }
            finally
            {
                await stopping.CancelAsync().ConfigureAwait(false);
            }
        },
        CancellationToken.None);

    private static async Task<Recovery> KillAsync(
        LocalCluster cluster, LsrCluster client, int victim, WriteLoad writes, SearchLoad searches,
        CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromSeconds(0.5), cancellation).ConfigureAwait(false);
        var start = Stopwatch.GetTimestamp();
        cluster.Kill(victim);
        var (answers, acknowledged) = (searches.Answers, writes.Acknowledged);
        var answer = WaitAsync(() => searches.Answers > answers + 1, start, cancellation); // one that began after it
        var write = WaitAsync(() => writes.Acknowledged > acknowledged + 1, start, cancellation);
        await WaitForReplicasAsync(
            client, states => states.All(state => state.Sequence is not null), cancellation).ConfigureAwait(false);
        var replicas = Stopwatch.GetElapsedTime(start);
        var recovery = new Recovery(await answer.ConfigureAwait(false), await write.ConfigureAwait(false), replicas);
        await cluster.StartSiloAsync(victim, cancellation).ConfigureAwait(false);
        await WaitForReplicasAsync(client, AreSpread, cancellation).ConfigureAwait(false);
        return recovery;
    }

    // The next kill must not hit all replicas of a shard.
    private static bool AreSpread(IReadOnlyList<ReplicaStatus> states) =>
        states.All(state => state.Sequence is not null)
        && states.GroupBy(state => state.Shard).All(shard =>
            shard.Count() == 1 || shard.Select(state => state.Silo).Distinct().Count() > 1);

    private static async Task<TimeSpan> WaitAsync(Func<bool> isDone, long start, CancellationToken cancellation)
    {
        while (!isDone())
        {
            await Task.Delay(Pause / 10, cancellation).ConfigureAwait(false);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task WaitForReplicasAsync(
        LsrCluster client, Predicate<IReadOnlyList<ReplicaStatus>> areReady, CancellationToken cancellation)
    {
        while (!areReady(await client.GetStatusAsync(cancellation).ConfigureAwait(false)))
        {
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    // No term is in all documents, so each is looked up by its own strongest term.
    private static async Task<(int Documents, int Lost)> CountLostAsync(
        LsrCluster cluster, NumberedDocuments documents, WriteLoad writes, CancellationToken cancellation)
    {
        var states = writes.GetStates();
        var found = new HashSet<int>();
        foreach (var terms in states.Where(state => state.Value == DocumentState.Present)
            .Select(state => documents.CreateVector(state.Key).MaxBy(term => term.Impact).Term).Distinct().Chunk(1_000))
        {
            var query = new ClusterQuery(terms.Select(term => new TermImpact(term, 1)))
            {
                Top = MaxHits,
                Deadline = TimeSpan.FromMinutes(2),
            };
            var result = await cluster.SearchAsync(query, cancellation).ConfigureAwait(false);
            found.UnionWith(result.Hits.Select(hit => NumberedDocuments.GetNumber(hit.Id)));
        }

        return (
            states.Count(state => state.Value == DocumentState.Present),
            states.Count(state => (state.Value == DocumentState.Present && !found.Contains(state.Key))
                || (state.Value == DocumentState.Deleted && found.Contains(state.Key))));
    }

    private static void Write(
        List<Recovery> recoveries, WriteLoad writes, SearchLoad searches, (int Documents, int Lost) lost)
    {
        var table = new Table().RoundedBorder().AddColumns("seconds after a kill", "median", "maximum");
        AddRow("until a search is answered in full", recoveries.Select(recovery => recovery.Answer));
        AddRow("until a write is acknowledged", recoveries.Select(recovery => recovery.Write));
        AddRow("until all replicas have caught up", recoveries.Select(recovery => recovery.Replicas));
        AnsiConsole.Write(table);
        Console.WriteLine(
            $"{recoveries.Count:N0} kills, {writes.Acknowledged:N0} acknowledged batches, "
            + $"{lost.Documents:N0} documents, {lost.Lost:N0} lost or found after deletion, "
            + $"{searches.Answers:N0} answers checked, {searches.Errors.Count:N0} wrong.");
        if (lost.Lost > 0 || !searches.Errors.IsEmpty)
        {
            throw new InvalidOperationException(
                $"The cluster lost documents or gave wrong answers. {string.Join("; ", searches.Errors.Take(3))}");
        }

        void AddRow(string name, IEnumerable<TimeSpan> times)
        {
            double[] seconds = [.. times.Select(time => time.TotalSeconds)];
            table.AddRow(name, $"{seconds.Median():F1}", $"{seconds.Max():F1}");
        }
    }

    private sealed record Recovery(TimeSpan Answer, TimeSpan Write, TimeSpan Replicas);
}
