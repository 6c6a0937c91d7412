using LuceneLsr.Evaluation.Drift;
using LuceneLsr.Tools.Common.Output;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Prints how far the rankings of each format are from those of the reference.</summary>
internal static class DriftView
{
    public static void Write(IReadOnlyList<RankDrift> drifts, int documents, int top)
    {
        var table = new Table().RoundedBorder().AddColumn("Rounding");
        foreach (var heading in new[]
        {
            $"Overlap@{top}", $"Same top {top}", "Kendall's tau", $"nDCG@{top} change", "Largest score error",
        })
        {
            table.AddColumn(heading, column => column.RightAligned());
        }

        foreach (var drift in drifts)
        {
            table.AddRow(
                Markup.Escape(drift.Name), $"{drift.MeanOverlap:P2}", $"{drift.SameTop:P1}",
                Format(drift.MeanTau, "F4"), Format(drift.NdcgDifference, "+0.0000;-0.0000;0"),
                $"{drift.MaxScoreError:P2}");
        }

        WideTable.Write(table);
        AnsiConsole.MarkupLineInterpolated(
            $"{documents:N0} documents, {drifts[0].Queries.Count:N0} queries; tau and score error of the top 100");
    }

    private static string Format(double? value, string format) => value?.ToString(format) ?? "-";
}
