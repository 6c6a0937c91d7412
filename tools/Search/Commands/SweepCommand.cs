using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Sweeps;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Plots;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Sweeps;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"sweep": measures many settings of the dials.</summary>
internal static class SweepCommand
{
    private const string Journal = "journal.jsonl";
    private const string Vectors = "vectors";
    private const string Csv = "sweep.csv";
    private const string Png = "sweep.png";
    private const string Svg = "sweep.svg";

    public static Command Create()
    {
        Option<string> collection = CommonOptions.CreateCollection(), split = CommonOptions.CreateSplit();
        var output = DirectoryOption.Create(
            "--output", $"Folder for {Csv}, {Png} and {Svg}. Repeat the command to continue an interrupted sweep.");
        Option<string> baseline = new("--baseline")
        {
            Description = "Name of the point that the others are compared with, such as \"query-terms 16\".",
            DefaultValueFactory = _ => SweepPoint.DefaultName,
            HelpName = "POINT",
        };
        var cost = new Option<SweepCost>("--cost")
        {
            Description = "Cost to recommend by and to plot.",
            DefaultValueFactory = _ => SweepCost.Latency,
        }.AcceptNamesOf<SweepCost, SweepCost>();
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "Loss of nDCG@10 that the recommended point may have.",
            DefaultValueFactory = _ => 0.01,
        }.Require(value => value is >= 0 and <= 1, "from 0 to 1");
        var top = CommonOptions.CreateTop("Number of hits per query when queries are timed.", 10);
        var rounds = new Option<int>("--rounds")
        {
            Description = "Number of times to time each query; the median counts.",
            DefaultValueFactory = _ => 5,
        }.Require(value => value >= 1, "at least 1");
        Option<bool> timeAgain = new("--time-again")
        {
            Description = "Time queries that are timed already, for example when the machine is quiet.",
        };
        Option<bool> ignoreIdenticalIds = new("--ignore-identical-ids")
        {
            Description = "Leave out the document with the id of the query, as BEIR does for ArguAna and Quora.",
        };
        var command = new Command("sweep", "Measure many settings of the dials and recommend one.")
        {
            collection, split, output, baseline, cost, tolerance, top, rounds, timeAgain, ignoreIdenticalIds,
        };
        var dials = new DialOptions(command);
        var model = new ModelOptions(command, encodesDocuments: true);
        var files = new VectorFileOptions(command, replaced: "a checkpoint");
        command.SetWork((parsed, cancellation) =>
        {
            var points = dials.Read(parsed);
            SweepReport.FindBaseline(points, parsed.GetValue(baseline)!);
            var data = BeirCollection.Load(parsed.GetValue(collection)!, parsed.GetValue(split)!);
            var folder = parsed.GetValue(output)!;
            var encoders = new SweepEncoders(
                parsed, model, files, data, Path.Combine(folder, Vectors), cancellation);
            encoders.Validate(points);
            folder = OpenFolder(folder);
            var results = Run(data, points, encoders, Path.Combine(folder, Journal), new()
            {
                IgnoresIdenticalIds = parsed.GetValue(ignoreIdenticalIds),
                TimedHits = parsed.GetValue(top),
                Rounds = parsed.GetValue(rounds),
                TimesAgain = parsed.GetValue(timeAgain),
            }, cancellation);
            var report = SweepReport.Create(
                results, parsed.GetValue(baseline)!, parsed.GetValue(cost), parsed.GetValue(tolerance));
            Save(report, parsed.GetValue(cost), folder);
        });
        return command;
    }

    // A folder with a journal is continued.
    private static string OpenFolder(string path) =>
        File.Exists(Path.Combine(path, Journal)) ? Path.GetFullPath(path) : NewDirectory.Create(path);

    private static IReadOnlyList<SweepResult> Run(
        BeirCollection data, IReadOnlyList<SweepPoint> points, SweepEncoders encoders, string journal,
        SweepOptions options, CancellationToken cancellation)
    {
        AnsiConsole.MarkupLineInterpolated(
            $"{points.Count:N0} points, {data.Corpus.Count:N0} documents, {data.Queries.Count:N0} queries");
        var (evaluated, timed) = (0, 0);
        var sweep = new Sweep(data, encoders.Load, options with
        {
            OnEvaluated = (point, effect) => AnsiConsole.MarkupLineInterpolated(
                $"Evaluated {Interlocked.Increment(ref evaluated)}: {point.Name}, nDCG@10 {effect.Report.NdcgAt10:F4}"),
            OnTimed = () => AnsiConsole.MarkupLineInterpolated(
                $"Timing all points: round {timed++} of {options.Rounds}"), // the first one is the warm-up
        });
        return sweep.Run(points, journal, encoders.GetInputs(), cancellation);
    }

    private static void Save(SweepReport report, SweepCost cost, string folder)
    {
        SweepView.Write(report);
        SweepCsv.Write(Path.Combine(folder, Csv), report.Rows);
        SweepPlot.Write(SweepPlot.Draw(report, cost), Path.Combine(folder, Png), Path.Combine(folder, Svg));
        AnsiConsole.MarkupLineInterpolated($"Wrote {Csv}, {Png} and {Svg} to [bold]{folder}[/].");
        PlotLabels.WarnWithoutFonts(Png);
    }
}
