using System.Diagnostics;
using LuceneLsr.Evaluation.Sweeps;
using LuceneLsr.Tools.Search.Plots;
using ScottPlot;

namespace LuceneLsr.Tools.Search.Sweeps;

/// <summary>
/// Draws nDCG@10 over the cost of each point, with the Pareto front as a line, the baseline and the recommended point.
/// </summary>
internal static class SweepPlot
{
    private const int Width = 1100;
    private const int Height = 640;

    private static readonly Color Front = Colors.SteelBlue;
    private static readonly Color Other = Colors.Gray.WithAlpha(0.6);

    /// <summary>Draws the report.</summary>
    public static Plot Draw(SweepReport report, SweepCost cost)
    {
        var plot = new Plot();
        PlotLabels.Label(plot, "Points of the sweep and their Pareto front", Describe(cost), "nDCG@10", "F3");
        var unit = cost == SweepCost.Bytes ? 1e6 : 1;
        AddPoints(plot, "other points", report.Rows.Where(row => !row.IsOnFront), unit, Other);
        var front = report.Rows.Where(row => row.IsOnFront).OrderBy(row => row.Cost).ToList();
        var line = AddPoints(plot, "Pareto front", front, unit, Front);
        line.LineWidth = 2;
        foreach (var (index, row) in front.Index())
        {
            AddName(plot, row, unit, isAbove: index % 2 == 0);
        }

        AddRing(plot, "baseline", report.Baseline, unit, Colors.Black);
        AddRing(plot, $"recommended: {report.Recommended.Result.Point.Name}", report.Recommended, unit, Colors.Red);
        plot.ShowLegend(Alignment.LowerRight);
        plot.Axes.Margins(0.12, 0.12);
        return plot;
    }

    /// <summary>Writes a drawing as PNG and SVG.</summary>
    public static void Write(Plot plot, string png, string svg)
    {
        plot.SavePng(png, Width, Height);
        plot.SaveSvg(svg, Width, Height);
    }

    private static ScottPlot.Plottables.Scatter AddPoints(
        Plot plot, string legend, IEnumerable<SweepRow> rows, double unit, Color color)
    {
        var points = rows.ToList();
        var scatter = plot.Add.Scatter(
            points.ConvertAll(row => row.Cost / unit), points.ConvertAll(row => row.Ndcg), color);
        (scatter.LineWidth, scatter.MarkerSize, scatter.LegendText) = (0, 9, legend);
        return scatter;
    }

    private static void AddName(Plot plot, SweepRow row, double unit, bool isAbove)
    {
        var text = plot.Add.Text(row.Result.Point.Name, row.Cost / unit, row.Ndcg);
        (text.LabelFontSize, text.LabelFontColor) = (11, Front);
        (text.LabelAlignment, text.OffsetY) = isAbove ? (Alignment.LowerLeft, -6) : (Alignment.UpperLeft, 6);
        text.OffsetX = 4;
    }

    private static void AddRing(Plot plot, string legend, SweepRow row, double unit, Color color)
    {
        var marker = plot.Add.Marker(row.Cost / unit, row.Ndcg, MarkerShape.OpenCircle, 18, color);
        (marker.MarkerLineWidth, marker.LegendText) = (2, legend);
    }

    private static string Describe(SweepCost cost) => cost switch
    {
        SweepCost.Latency => "mean ms per query, one thread, without encoding",
        SweepCost.Postings => "postings per query",
        SweepCost.Bytes => "size of the index, MB",
        _ => throw new UnreachableException(),
    };
}
