using LuceneLsr.Evaluation;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Runs;
using Spectre.Console;

namespace LuceneLsr.Tools.Common.Output;

/// <summary>Shows how well runs rank.</summary>
public static class EvaluationTable
{
    /// <summary>Writes a row of figures a run.</summary>
    /// <param name="runs">The runs by name.</param>
    /// <param name="qrels">The judgments.</param>
    /// <param name="title">What stands over the names; nothing by default.</param>
    public static void Write(IEnumerable<(string Name, Run Run)> runs, Qrels qrels, string title = "")
    {
        var table = new Table().RoundedBorder()
            .AddColumns(Markup.Escape(title), "nDCG@10", "MRR@10", "Recall@100", "Recall@1000");
        foreach (var (name, run) in runs)
        {
            var report = EvaluationReport.Compute(run, qrels);
            double[] figures = [report.NdcgAt10, report.MrrAt10, report.RecallAt100, report.RecallAt1000];
            table.AddRow([Markup.Escape(name), .. figures.Select(figure => $"{figure:F4}")]);
        }

        AnsiConsole.Write(table);
    }
}
