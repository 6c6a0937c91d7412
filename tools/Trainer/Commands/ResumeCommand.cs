using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Trainer.Runs;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>"resume": goes on with a run that was stopped or killed.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        Argument<string> directory = new("DIR") { Description = "The directory that the run was to write (--out)." };
        Option<string?> device = new("--device") { Description = "Where the model runs, if not where it ran." };
        var command = new Command(
            "resume", "Goes on with a run that was stopped or killed, from its latest snapshot.")
        {
            directory, device,
        };
        var threads = new ThreadsOption(command);
        command.SetWork((parsed, cancellation) =>
        {
            threads.Apply(parsed);
            PhaseRun.Resume(parsed.GetValue(directory)!, parsed.GetValue(device), cancellation);
        });
        return command;
    }
}
