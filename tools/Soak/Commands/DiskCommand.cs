using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Soak.Disks;
using LuceneLsr.Tools.Soak.Processes;
using LuceneLsr.Tools.Soak.Scenarios;

namespace LuceneLsr.Tools.Soak.Commands;

/// <summary>"disk": writes to a disk that is full or read-only.</summary>
internal static class DiskCommand
{
    private const long MinSize = 16L << 20;
    private const long MaxSize = 64L << 20; // a disk that others use is larger
    private const int MaxFree = 3 << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        Option<string> folder = new("--folder")
        {
            Description = "Empty folder on a disk of 16 to 64 MiB, which the command fills, or on a read-only one.",
            HelpName = "DIR",
            Required = true,
        };
        var runs = SoakOptions.CreateCount("--runs", "Number of processes to start, of each kind of work.", 10);
        var seed = SoakOptions.CreateSeed();
        var command = new Command("disk", "Index, encode and train on a disk that is full or read-only.")
        {
            folder, runs, seed,
        };
        command.SetWork((parsed, cancellation) =>
        {
            var path = Path.GetFullPath(parsed.GetValue(folder)!);
            if (Directory.Exists(path) && ReadOnlyDisk.Is(path))
            {
                WriteToReadOnly(path, cancellation);
            }
            else
            {
                Fill(NewDirectory.Create(path), parsed.GetValue(runs), new Random(parsed.GetValue(seed)), cancellation);
            }
        });
        return command;
    }

    private static void WriteToReadOnly(string folder, CancellationToken cancellation)
    {
        using var work = new WorkFolder(path: null);
        foreach (var error in new ReadOnlyDisk(folder, Limit).Run(work.Path, cancellation))
        {
            Console.WriteLine(error);
        }
    }

    private static void Fill(string folder, int runs, Random random, CancellationToken cancellation)
    {
        if (Ballast.GetDiskSize(folder) is < MinSize or > MaxSize)
        {
            throw new IOException(
                $"The disk of {folder} must have 16 to 64 MiB. Name a small one that no other program uses.");
        }

        var table = new ScenarioTable("full", scenario => Starve(scenario, folder, random, cancellation));
        foreach (var scenario in AllScenarios.Create(folder))
        {
            table.Run(scenario, runs, random, cancellation);
        }

        table.Write();
        Directory.Delete(folder, recursive: true);
    }

    private static Victim Starve(Scenario scenario, string folder, Random random, CancellationToken cancellation)
    {
        using var ballast = new Ballast(folder);
        var start = scenario.CreateStartInfo();
        ballast.Fill((long)(MaxFree * Math.Pow(random.NextDouble(), 3))); // often almost nothing
        var victim = Victim.Kill(start, Limit, cancellation);
        if (victim.ExitCode != 0)
        {
            ErrorLine.Require(victim);
        }

        return victim;
    }
}
