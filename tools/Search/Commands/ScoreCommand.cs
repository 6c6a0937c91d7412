using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Views;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"score": computes the metrics of runs of any system.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("runs")
        {
            Description = "Runs in trec_eval format (.gz means gzip).",
            Arity = ArgumentArity.OneOrMore,
        };
        var perQuery = PerQueryFile.CreateOption();
        var worst = new Option<int?>("--worst")
        {
            Description = "Also print the queries with the lowest values of the first metric, this many per run.",
        }.Require(count => count is null or >= 1, "at least 1");
        var command = new Command("score", "Compute the metrics of runs of any system, as trec_eval -c does.")
        {
            files, perQuery, worst,
        };
        var metrics = new MetricsOption(command);
        var judgments = new JudgmentOptions(command);
        command.SetWork((parsed, _) =>
        {
            var judged = judgments.Load(parsed);
            var runs = RunFile.ReadAll(parsed.GetValue(files)!, judged.Qrels);
            var chosen = metrics.Get(parsed);
            MetricsView.Write(chosen, runs, judged.Qrels);
            if (parsed.GetValue(worst) is { } count)
            {
                foreach (var run in runs)
                {
                    MetricsView.WriteWorst(chosen, run, judged, count);
                }
            }

            PerQueryFile.Write(parsed.GetValue(perQuery), chosen, runs.Select(run => (run.Name, run.Run)), judged);
        });
        return command;
    }
}
