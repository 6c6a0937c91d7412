using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Trainer.Runs;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>"train": contrastive training by a recipe.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var from = CommonOptions.From();
        var command = new Command(
            "train", "Trains a sparse encoder: in-batch and hard negatives, distillation, regularizers.")
        {
            from,
        };
        var run = new RunOptions(command);
        command.SetWork((parsed, cancellation) => run.Run<ContrastiveRecipe>(
            parsed, TrainingPhase.Training, (_, _, _) => parsed.GetValue(from)!, cancellation));
        return command;
    }
}
