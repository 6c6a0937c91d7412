using System.CommandLine;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Trainer.Runs;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>"adapt": CSPLADE's light adaptation phase.</summary>
internal static class AdaptCommand
{
    public static Command Create()
    {
        var from = CommonOptions.From();
        var variant = CommonOptions.Variant("How far a position will see: bi is adapted by masked tokens.");
        var command = new Command(
            "adapt", "Adapts a causal LM: cross-entropy on the logits plus the same on log(1 + ReLU(logits)).")
        {
            from, variant,
        };
        var run = new RunOptions(command);
        command.SetWork((parsed, cancellation) => run.Run<LanguageModelRecipe>(
            parsed,
            TrainingPhase.Adaptation,
            (_, _, directory) => Start(parsed.GetValue(from)!, parsed.GetValue(variant), directory),
            cancellation));
        return command;
    }

    // The checkpoint itself, or one beside it that reads in another way.
    private static string Start(string from, AttentionVariant? variant, string directory)
    {
        if (variant is null)
        {
            return from;
        }

        var start = PhaseRun.StartDirectory(directory);
        using var checkpoint = Checkpoint.Load(from);
        checkpoint.With(checkpoint.Settings with { Variant = PerSide.Both(variant.Value) })
            .SaveWithFilesOf(from, start, Precision.Float32);
        RunRecords.Copy(from, start);
        return start;
    }
}
