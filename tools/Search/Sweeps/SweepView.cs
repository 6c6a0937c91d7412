using LuceneLsr.Evaluation.Sweeps;
using LuceneLsr.Tools.Common.Output;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Sweeps;

/// <summary>Prints the points as a table, and the recommendation with its rule.</summary>
internal static class SweepView
{
    public static void Write(SweepReport report)
    {
        var table = new Table().RoundedBorder().AddColumn("Point").AddColumn("", column => column.NoWrap());
        foreach (var name in new[]
        {
            "nDCG@10", "change", "p", "MRR@10", "R@100", "R@1000", "MB", "ms", "p99", "postings",
        })
        {
            table.AddColumn(name, column => column.RightAligned().NoWrap());
        }

        foreach (var row in report.Rows)
        {
            var (effect, cost) = (row.Result.Effect, row.Result.Cost);
            table.AddRow(
                Markup.Escape(row.Result.Point.Name), GetMarks(row), $"{row.Ndcg:F4}",
                $"{row.Difference:+0.0000;-0.0000;0}",
                row.PValue is { } value ? PValue.Format(value) : "", $"{effect.Report.MrrAt10:F4}",
                $"{effect.Report.RecallAt100:F4}", $"{effect.Report.RecallAt1000:F4}", $"{effect.IndexBytes / 1e6:F2}",
                $"{cost.MeanMilliseconds:F3}", $"{cost.Percentile99Milliseconds:F3}", $"{cost.PostingsPerQuery:F0}");
        }

        WideTable.Write(table);
        AnsiConsole.MarkupLine(
            "B: baseline, F: Pareto front, R: recommended. p: paired randomization test of the change, Holm's "
            + "correction. ms, p99 and postings per query: one thread, without encoding.");
        AnsiConsole.MarkupLineInterpolated($"Recommended: [bold]{report.Recommended.Result.Point.Name}[/], {report.Rule}.");
    }

    private static string GetMarks(SweepRow row) =>
        (row.IsBaseline ? "B" : "") + (row.IsOnFront ? "F" : "") + (row.IsRecommended ? "R" : "");
}
