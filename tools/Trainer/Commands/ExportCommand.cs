using System.CommandLine;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Trainer.Options;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;
using LuceneLsr.Training.Phases;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "export": a small checkpoint to ship.</summary>
internal sealed class ExportCommand
{
    private readonly Option<string> _from = CommonOptions.CreateFrom();
    private readonly Option<string> _output = CommonOptions.CreateOut();
    private readonly Option<float?> _queryWord = CreateWordWeight(
        "--query-word-weight", "Weight in a query of a whole word that the vocabulary splits");

    private readonly Option<float?> _documentWord = CreateWordWeight(
        "--document-word-weight", "Weight in a document of a whole word that the vocabulary splits");

    private readonly Option<float?> _impactFactor = new Option<float?>("--impact-factor")
    {
        Description = "Impact units per unit of weight (default from the checkpoint).",
    }.Require(value => value is null or (> 0 and < float.PositiveInfinity), "finite and above zero");

    public static Command Create()
    {
        var export = new ExportCommand();
        var command = new Command("export", "Write a small checkpoint with int8 matrices.")
        {
            export._from, export._output, export._queryWord, export._documentWord, export._impactFactor,
        };
        command.SetWork((parsed, _) => export.Run(parsed));
        return command;
    }

    private void Run(ParseResult parsed)
    {
        var source = parsed.GetValue(_from)!;
        using var checkpoint = Checkpoint.Load(source);
        var directory = NewDirectory.Create(parsed.GetValue(_output)!);
        checkpoint.WithSettings(OverrideSettings(parsed, checkpoint.Settings))
            .SaveWithFilesFrom(source, directory, Precision.Int8);
        RunRecords.Copy(source, directory);
        AnsiConsole.MarkupLineInterpolated($"Wrote [bold]{directory}[/].");
    }

    private LsrSettings OverrideSettings(ParseResult parsed, LsrSettings settings) => settings with
    {
        WholeWordWeight = new PerSide<float>(
            parsed.GetValue(_queryWord) ?? settings.WholeWordWeight.Query,
            parsed.GetValue(_documentWord) ?? settings.WholeWordWeight.Document),
        ImpactFactor = parsed.GetValue(_impactFactor) ?? settings.ImpactFactor,
    };

    private static Option<float?> CreateWordWeight(string name, string description) =>
        new Option<float?>(name) { Description = $"{description} (default from the checkpoint)." }
            .Require(value => value is null or (>= 0 and < float.PositiveInfinity), "finite and not negative");
}
