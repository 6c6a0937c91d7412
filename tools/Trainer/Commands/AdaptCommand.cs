using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Trainer.Options;
using LuceneLsr.Training.Phases;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "adapt": CSPLADE's light adaptation phase.</summary>
internal static class AdaptCommand
{
    public static Command Create()
    {
        var from = CommonOptions.CreateFrom();
        var variant = CommonOptions.CreateVariant(
            "Attention variant of the adapted model (default from the checkpoint). "
            + "bi is adapted with masked tokens.");
        var command = new Command(
            "adapt", "Adapt a language model with cross-entropy on the logits and on log(1 + ReLU(logits)).")
        {
            from, variant,
        };
        var run = new RunOptions(command);
        command.SetWork((parsed, cancellation) => PhaseProgram.Run<LanguageModelRecipe>(
            run,
            parsed,
            TrainingPhase.Adaptation,
            (_, directory) => parsed.GetValue(variant) is { } other
                ? StartCheckpoint.CreateWithVariant(parsed.GetValue(from)!, other, directory)
                : parsed.GetValue(from)!,
            cancellation));
        return command;
    }
}
