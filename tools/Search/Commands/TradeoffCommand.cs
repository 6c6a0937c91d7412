using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Plots;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Tradeoffs;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"tradeoff": compares the precisions of a checkpoint.</summary>
internal static class TradeoffCommand
{
    private const string Csv = "tradeoff.csv";
    private const string Plot = "tradeoff.png";

    public static Command Create()
    {
        Option<string> checkpoint = CommonOptions.CreateCheckpoint(), device = DeviceOption.Create();
        Option<string> collection = CommonOptions.CreateCollection(), split = CommonOptions.CreateSplit();
        var precisions = CreatePrecisionsOption();
        var top = CommonOptions.CreateTop("Number of top document terms to compare.", 10);
        Option<string?> output = new("--output")
        {
            Description = $"Directory for {Csv} and {Plot}. It must be empty or not exist.",
            HelpName = "DIR",
        };
        var command = new Command("tradeoff", "Measure size, speed and quality of a checkpoint in several precisions.")
        {
            checkpoint, collection, split, precisions, top, device, output,
        };
        command.SetWork((parsed, cancellation) =>
        {
            var target = Devices.Parse(parsed.GetValue(device)!);
            var data = BeirCollection.Load(parsed.GetValue(collection)!, parsed.GetValue(split)!);
            var measurement = new TradeoffMeasurement(
                parsed.GetValue(checkpoint)!, target, data, parsed.GetValue(top));
            var directory = parsed.GetValue(output) is { } path ? NewDirectory.Create(path) : null;
            var figures = Measure(measurement, parsed.GetValue(precisions)!, data.Corpus.Count, cancellation);
            Report(figures, data, parsed.GetValue(top));
            if (directory is not null)
            {
                Save(figures, directory);
            }
        });
        return command;
    }

    private static Option<Precision[]> CreatePrecisionsOption() => new Option<Precision[]>("--precisions")
    {
        Description = "Precisions to measure. Float32 is always measured, as the reference.",
        DefaultValueFactory = _ => Enum.GetValues<Precision>(),
        AllowMultipleArgumentsPerToken = true,
    }.AcceptNamesOf<Precision[], Precision>();

    private static List<PrecisionFigures> Measure(
        TradeoffMeasurement measurement, Precision[] precisions, int documents, CancellationToken cancellation) =>
        TimedProgress.Create().Start(context => precisions.Prepend(Precision.Float32).Distinct()
            .Select(precision => (
                Precision: precision,
                Task: context.AddTask($"{precision}", autoStart: false, maxValue: documents)))
            .ToList()
            .ConvertAll(each => measurement.Measure(each.Precision, each.Task, cancellation)));

    private static void Report(List<PrecisionFigures> figures, BeirCollection data, int top)
    {
        TradeoffView.Write(figures, top);
        AnsiConsole.MarkupLineInterpolated($"{data.Corpus.Count:N0} documents, {data.Queries.Count:N0} queries");
        if (data.Corpus.Count - figures.Min(row => row.ComparedDocuments) is > 0 and var empty)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]{empty:N0} documents have no term and are excluded from cosine and terms kept.[/]");
        }
    }

    private static void Save(List<PrecisionFigures> figures, string directory)
    {
        TradeoffCsv.Write(Path.Combine(directory, Csv), figures);
        TradeoffPlot.Write(Path.Combine(directory, Plot), figures);
        AnsiConsole.MarkupLineInterpolated($"Wrote {Csv} and {Plot} to [bold]{directory}[/].");
        PlotLabels.WarnWithoutFonts(Plot);
    }
}
