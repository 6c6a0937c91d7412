using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"quantize": converts a checkpoint to a smaller precision.</summary>
internal static class QuantizeCommand
{
    public static Command Create()
    {
        Option<string> checkpoint = CommonOptions.CreateCheckpoint();
        Option<string> output = new("--output")
        {
            Description = "Checkpoint directory to write. It must be empty or not exist.",
            Required = true,
            HelpName = "DIR",
        };
        var precision = CommonOptions.CreatePrecision(
            "Precision of the stored weights. With Int4, embeddings and head stay at 8 bits.", Precision.Int8);
        var command = new Command("quantize", "Convert a checkpoint to another precision, usually a smaller one.")
        {
            checkpoint, output, precision,
        };
        command.SetWork((parsed, _) =>
        {
            var source = parsed.GetValue(checkpoint)!;
            using var loaded = Checkpoint.Load(source);
            var directory = NewDirectory.Write(
                parsed.GetValue(output)!, path => loaded.SaveWithFilesFrom(source, path, parsed.GetValue(precision)));
            double before = CheckpointFiles.ComputeWeightBytes(source) / 1e6;
            double after = CheckpointFiles.ComputeWeightBytes(directory) / 1e6;
            AnsiConsole.MarkupLineInterpolated(
                $"[bold]{directory}[/]: {after:F1} MB of weights, previously {before:F1} MB.");
        });
        return command;
    }
}
