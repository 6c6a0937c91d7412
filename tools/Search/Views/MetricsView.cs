using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Search.Options;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Prints metrics of runs.</summary>
internal static class MetricsView
{
    /// <summary>Prints a row of means per run.</summary>
    public static void Write(IReadOnlyList<RankingMetric> metrics, IEnumerable<RunFile> runs, Qrels qrels)
    {
        var table = new Table().RoundedBorder().AddColumns(["Run", .. metrics.Select(metric => $"{metric}")]);
        foreach (var (name, run) in runs)
        {
            table.AddRow([Markup.Escape(name), .. metrics.Select(metric => $"{metric.ComputeMean(run, qrels):F4}")]);
        }

        WideTable.Write(table);
    }

    /// <summary>Prints the queries with the lowest values of the first metric.</summary>
    public static void WriteWorst(
        IReadOnlyList<RankingMetric> metrics, RunFile run, JudgedCollection judged, int count)
    {
        AnsiConsole.MarkupLineInterpolated($"Lowest {metrics[0]} of [bold]{run.Name}[/]:");
        var table = new Table().RoundedBorder()
            .AddColumns(["Query", .. metrics.Select(metric => $"{metric}"), "Text"]);
        var worst = metrics[0].ScoreQueries(run.Run, judged.Qrels).OrderBy(query => query.Score).Take(count);
        foreach (var (queryId, _) in worst)
        {
            var (ranking, grades) = (run.Run.GetRanking(queryId), judged.Qrels.GetGrades(queryId));
            table.AddRow([
                Markup.Escape(queryId), .. metrics.Select(metric => $"{metric.Score(ranking, grades):F4}"),
                Markup.Escape(judged.GetText(queryId))]);
        }

        WideTable.Write(table);
    }
}
