using System.CommandLine;
using LuceneLsr.Tools.Cluster.Options;
using LuceneLsr.Tools.Cluster.Silos;
using Spectre.Console;

namespace LuceneLsr.Tools.Cluster.Commands;

/// <summary>"status": shows where replicas are.</summary>
internal static class StatusCommand
{
    private const string Unknown = "-";

    public static Command Create()
    {
        var command = new Command("status", "Show the silo, documents and size of each replica.");
        var membership = new MembershipOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var client = await ClusterClient.ConnectAsync(
                membership.Get(parsed), configure: null, cancellation).ConfigureAwait(false);
            var table = new Table().RoundedBorder()
                .AddColumns("Shard", "Replica", "Silo", "Batches", "Documents", "KiB");
            foreach (var state in await client.Cluster.GetStatusAsync(cancellation).ConfigureAwait(false))
            {
                var isReady = state.Sequence is not null;
                table.AddRow(
                    $"{state.Shard}", $"{state.Replica}", Markup.Escape(state.Silo ?? "does not answer"),
                    state.Silo is null ? Unknown : state.Sequence?.ToString("N0") ?? "catching up",
                    isReady ? $"{state.Documents:N0}" : Unknown, isReady ? $"{state.SizeInBytes >> 10:N0}" : Unknown);
            }

            AnsiConsole.Write(table);
        });
        return command;
    }
}
