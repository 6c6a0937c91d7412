using System.CommandLine;
using LuceneLsr.Orleans;
using LuceneLsr.Tools.Cluster.Options;
using LuceneLsr.Tools.Cluster.Silos;
using Spectre.Console;

namespace LuceneLsr.Tools.Cluster.Commands;

/// <summary>"search": searches the cluster.</summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        Argument<string> text = new("query") { Description = "Query in plain words." };
        var top = IndexOptions.CreateCount("--top", "Number of hits to print.", 10, 10_000);
        var deadline = IndexOptions.CreateCount(
            "--deadline", "Time for the search in milliseconds.", 10_000, 3_600_000);
        Option<bool> partial = new("--allow-partial")
        {
            Description = "Print the hits of the shards that answer before the deadline.",
        };
        var command = new Command("search", "Search the cluster.") { text, top, deadline, partial };
        var membership = new MembershipOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var client = await ClusterClient.ConnectAsync(
                membership.Get(parsed), configure: null, cancellation).ConfigureAwait(false);
            var terms = await client.Cluster.EncodeQueryAsync(parsed.GetValue(text)!, cancellation)
                .ConfigureAwait(false);
            var query = new ClusterQuery(terms)
            {
                Top = parsed.GetValue(top),
                Deadline = TimeSpan.FromMilliseconds(parsed.GetValue(deadline)),
                AllowPartial = parsed.GetValue(partial),
            };
            Write(await client.Cluster.SearchAsync(query, cancellation).ConfigureAwait(false));
        });
        return command;
    }

    private static void Write(ClusterResult result)
    {
        var table = new Table().RoundedBorder().AddColumns("#", "Score", "Document", "Title");
        foreach (var (rank, hit) in result.Hits.Index())
        {
            table.AddRow(
                $"{rank + 1}", $"{hit.Score:F0}", Markup.Escape(hit.Id), Markup.Escape(hit.Get("title") ?? ""));
        }

        AnsiConsole.Write(table);
        Console.WriteLine($"{result.TotalHits:N0} documents match.");
        if (result.IsPartial)
        {
            Console.WriteLine($"These shards are missing: {string.Join(", ", result.MissingShards)}.");
        }
    }
}
