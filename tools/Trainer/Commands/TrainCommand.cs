using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Trainer.Options;
using LuceneLsr.Training.Phases;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "train": contrastive training.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var from = CommonOptions.CreateFrom();
        var command = new Command(
            "train", "Train an encoder contrastively with hard negatives, distillation and regularizers.")
        {
            from,
        };
        var run = new RunOptions(command);
        command.SetWork((parsed, cancellation) => PhaseProgram.Run<ContrastiveRecipe>(
            run, parsed, TrainingPhase.Training, (_, _) => parsed.GetValue(from)!, cancellation));
        return command;
    }
}
