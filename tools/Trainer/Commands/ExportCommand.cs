using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Trainer.Options;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Phases;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "export": a small checkpoint to ship.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Option<string> from = CommonOptions.From(), output = CommonOptions.Out();
        var queryWord = WholeWordWeight(
            "--query-word-weight", "Weight in a query of a whole word that the vocabulary splits.");
        var documentWord = WholeWordWeight(
            "--document-word-weight", "Weight in a document of a whole word that the vocabulary splits.");
        var factor = new Option<float?>("--impact-factor") { Description = "Impact units per unit of weight." }
            .Require(value => value is null or (> 0 and < float.PositiveInfinity), "finite and above zero");
        var command = new Command("export", "Write a small checkpoint with int8 matrices.")
        {
            from, output, queryWord, documentWord, factor,
        };
        command.SetWork((parsed, _) =>
        {
            var source = parsed.GetValue(from)!;
            using var loaded = Checkpoint.Load(source);
            var directory = NewDirectory.Create(parsed.GetValue(output)!);
            var words = loaded.Settings.WholeWordWeight;
            var settings = loaded.Settings with
            {
                WholeWordWeight = new PerSide<float>(
                    parsed.GetValue(queryWord) ?? words.Query, parsed.GetValue(documentWord) ?? words.Document),
                ImpactFactor = parsed.GetValue(factor) ?? loaded.Settings.ImpactFactor,
            };
            loaded.With(settings).SaveWithFilesOf(source, directory, Precision.Int8);
            RunRecords.Copy(source, directory);
            AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
        });
        return command;
    }

    private static Option<float?> WholeWordWeight(string name, string description) =>
        new Option<float?>(name) { Description = description + " Default: the checkpoint's own." }
            .Require(value => value is null or (>= 0 and < float.PositiveInfinity), "finite and not negative");
}
