using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Soak.Processes;
using LuceneLsr.Tools.Soak.Scenarios;

namespace LuceneLsr.Tools.Soak.Commands;

/// <summary>"kill": kills processes while they write.</summary>
internal static class KillCommand
{
    private const double MaxLifetimeShare = 1.1; // of the lifetime, so that some processes end before

    public static Command Create()
    {
        var runs = SoakOptions.CreateCount("--runs", "Number of processes to start, of each kind of work.", 50);
        var seed = SoakOptions.CreateSeed();
        var folder = SoakOptions.CreateFolder();
        var command = new Command(
            "kill",
            "Kill (-9) processes at random moments while they index, commit, write in bulk, replace an index, encode and "
            + "train.")
        {
            runs, seed, folder,
        };
        command.SetWork((parsed, cancellation) =>
        {
            using var work = new WorkFolder(parsed.GetValue(folder));
            var random = new Random(parsed.GetValue(seed));
            var table = new ScenarioTable("kills", scenario => Kill(scenario, random, cancellation));
            foreach (var scenario in AllScenarios.Create(work.Path))
            {
                table.Run(scenario, parsed.GetValue(runs), random, cancellation);
            }

            table.Write();
        });
        return command;
    }

    private static Victim Kill(Scenario scenario, Random random, CancellationToken cancellation)
    {
        var time = scenario.Lifetime * random.NextDouble() * MaxLifetimeShare;
        var victim = Victim.Kill(scenario.CreateStartInfo(), time, cancellation);
        return victim.IsKilled || victim.ExitCode == 0
            ? victim
            : throw new InvalidOperationException($"the program failed: {victim.Error.Trim()}");
    }
}
