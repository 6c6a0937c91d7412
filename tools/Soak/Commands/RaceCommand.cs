using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Soak.Races;
using Spectre.Console;

namespace LuceneLsr.Tools.Soak.Commands;

/// <summary>"race": reads and writes at once.</summary>
internal static class RaceCommand
{
    public static Command Create()
    {
        var seconds = SoakOptions.CreateCount("--seconds", "How long to run.", 180);
        var readers = SoakOptions.CreateCount("--readers", "Number of threads that search.", 4);
        var folder = SoakOptions.CreateFolder();
        var command = new Command(
            "race", "Search near-real-time readers while two threads write, and compare each result with BooleanQuery.")
        {
            seconds, readers, folder,
        };
        command.SetWork((parsed, cancellation) =>
        {
            using var work = new WorkFolder(parsed.GetValue(folder));
            using var race = new RaceRun(work.Get("index"));
            race.Run(parsed.GetValue(readers), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation);
            AnsiConsole.MarkupLineInterpolated($"{race.Searches:N0} searches with {race.Hits:N0} hits were right.");
            AnsiConsole.MarkupLineInterpolated($"{race.Written:N0} documents were written meanwhile.");
        });
        return command;
    }
}
