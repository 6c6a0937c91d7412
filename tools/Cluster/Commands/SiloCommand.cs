using System.CommandLine;
using LuceneLsr.Tools.Cluster.Options;
using LuceneLsr.Tools.Cluster.Silos;

namespace LuceneLsr.Tools.Cluster.Commands;

/// <summary>"silo": runs one silo. The other commands start it.</summary>
internal static class SiloCommand
{
    public static Command Create()
    {
        Option<int> number = new("--number") { Description = "Number of the silo, counted from 0." };
        var folder = IndexOptions.CreateFolder();
        Option<int?> dashboard = new("--dashboard") { Description = "Port of the dashboard (default none)." };
        Option<bool> encoder = new("--encoder") { Description = "Load the built-in encoder." };
        var command = new Command(
            "silo", "Run one silo until it gets a signal. The other commands start silos themselves.")
        {
            number, folder, dashboard, encoder,
        };
        var membership = new MembershipOptions(command);
        var index = new IndexOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = new SiloSettings(
                membership.Get(parsed), parsed.GetValue(folder)!, index.GetShards(parsed), index.GetReplicas(parsed),
                parsed.GetValue(dashboard), parsed.GetValue(encoder));
            settings.Membership.RequireFreePorts(parsed.GetValue(number));
            using var silo = SiloHost.Create(settings, parsed.GetValue(number));
            await StartAsync(silo, cancellation).ConfigureAwait(false);
            Console.WriteLine(SiloProcess.Ready);
            await WaitForEndAsync(cancellation).ConfigureAwait(false);
            await silo.StopAsync(CancellationToken.None).ConfigureAwait(false);
        });
        return command;
    }

    // Servers of memberships have exceptions of their own.
    private static async Task StartAsync(IHost silo, CancellationToken cancellation)
    {
        try
        {
            await silo.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or InvalidDataException
            or InvalidOperationException))
        {
            throw new IOException($"The silo cannot start: {exception.Message}", exception);
        }
    }

    // Standard input ends when the process that started this one does.
    private static Task WaitForEndAsync(CancellationToken cancellation)
    {
        var signal = Task.Delay(Timeout.Infinite, cancellation);
        return Console.IsInputRedirected
            ? Task.WhenAny(signal, Task.Run(() => Console.In.ReadToEnd(), CancellationToken.None))
            : Task.WhenAny(signal);
    }
}
