using System.CommandLine;
using LuceneLsr.Tools.Shared;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>"average": a checkpoint between the start of a run and its end.</summary>
internal static class AverageCommand
{
    public static Command Create()
    {
        Option<string> from = CommonOptions.From(), output = CommonOptions.Out();
        Option<string> start = new("--start")
        {
            Description = "Checkpoint directory that the run started from.",
            Required = true,
            HelpName = "DIR",
        };
        Option<double> share = new("--share")
        {
            Description = "Share of the trained weights, 0 to 1.",
            DefaultValueFactory = _ => 0.5,
        };
        share.Validators.Add(result =>
        {
            if (result.GetValue(share) is not (>= 0 and <= 1))
            {
                result.AddError("--share must be from 0 to 1.");
            }
        });
        var command = new Command("average", "Averages a run's start and end: what was learned, with less forgotten.")
        {
            from, start, share, output,
        };
        command.SetWork((parsed, _) =>
        {
            var source = parsed.GetValue(from)!;
            using Checkpoint trained = Checkpoint.Load(source), untrained = Checkpoint.Load(parsed.GetValue(start)!);
            WeightAverage.MoveTowards(trained.Model, untrained.Model, 1 - parsed.GetValue(share));
            var directory = CommonOptions.EmptyDirectory(parsed.GetValue(output)!);
            trained.SaveWithTokenizer(source, directory, compact: false);
            TrainingRecords.Copy(source, directory);
            AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
        });
        return command;
    }
}
