using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Torch.Checkpoints;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"quantize": a checkpoint in fewer bytes.</summary>
internal static class QuantizeCommand
{
    public static Command Create()
    {
        Option<string> checkpoint = CommonOptions.Checkpoint();
        Option<string> output = new("--output")
        {
            Description = "Checkpoint directory to write; must be empty or absent.",
            Required = true,
            HelpName = "DIR",
        };
        var precision = CommonOptions.Precision(
            "How weights are stored; embeddings and head stay at 8 bits under Int4.", Precision.Int8);
        var command = new Command("quantize", "Writes a checkpoint whose weights take fewer bytes.")
        {
            checkpoint, output, precision,
        };
        command.SetWork((parsed, _) =>
        {
            var source = parsed.GetValue(checkpoint)!;
            using var loaded = Checkpoint.Load(source);
            var directory = NewDirectory.Create(parsed.GetValue(output)!);
            loaded.SaveWithFilesOf(source, directory, parsed.GetValue(precision));
            double before = CheckpointFiles.WeightBytes(source) / 1e6, after = CheckpointFiles.WeightBytes(directory) / 1e6;
            AnsiConsole.MarkupLineInterpolated(
                $"[bold]{directory}[/]: {after:F1} MB of weights, {before:F1} MB before.");
        });
        return command;
    }
}
