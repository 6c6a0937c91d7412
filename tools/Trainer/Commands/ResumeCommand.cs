using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "resume": continues an interrupted run.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        Argument<string> directory = new("DIR") { Description = "Output directory (--out) of the run." };
        Option<string?> device = new("--device")
        {
            Description = "Device to run the model on: cpu, cuda or cuda:n (default the same as before).",
        };
        var command = new Command("resume", "Continue an interrupted run from its latest snapshot.")
        {
            directory, device,
        };
        var threads = new ThreadsOption(command);
        command.SetWork((parsed, cancellation) =>
        {
            threads.Apply(parsed);
            PhaseProgram.Resume(parsed.GetValue(directory)!, parsed.GetValue(device), cancellation);
        });
        return command;
    }
}
