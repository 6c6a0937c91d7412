using System.CommandLine;
using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Views;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"compare": compares two runs query by query.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        Argument<string> first = CreateRun("first"), second = CreateRun("second");
        var perQuery = PerQueryFile.CreateOption();
        var top = CommonOptions.CreateTop("Number of losing and of winning queries to list, by the first metric.", 3);
        var command = new Command(
            "compare", "Compare two runs: metrics, wins and losses, significance, and the queries that change most.")
        {
            first, second, top, perQuery,
        };
        var metrics = new MetricsOption(command);
        var judgments = new JudgmentOptions(command);
        command.SetWork((parsed, _) =>
        {
            var judged = judgments.Load(parsed);
            var runs = RunFile.ReadAll([parsed.GetValue(first)!, parsed.GetValue(second)!], judged.Qrels);
            var chosen = metrics.Get(parsed);
            var comparisons = chosen.Select(
                metric => MetricComparison.Compare(metric, runs[0].Run, runs[1].Run, judged.Qrels)).ToList();
            var view = new RunComparisonView(runs[0], runs[1], judged);
            view.WriteMetrics(comparisons);
            view.WriteQueries(comparisons[0], parsed.GetValue(top));
            PerQueryFile.Write(parsed.GetValue(perQuery), chosen, runs.Select(run => (run.Name, run.Run)), judged);
        });
        return command;
    }

    private static Argument<string> CreateRun(string name) =>
        new(name) { Description = $"The {name} run, in trec_eval format (.gz means gzip)." };
}
