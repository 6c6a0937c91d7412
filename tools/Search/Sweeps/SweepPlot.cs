using System.Diagnostics;
using System.Globalization;
using LuceneLsr.Evaluation.Sweeps;
using LuceneLsr.Tools.Plots;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace LuceneLsr.Tools.Search.Sweeps;

/// <summary>
/// Draws nDCG@10 over the cost of each point, with the Pareto front as a line, the baseline and the recommended point.
/// </summary>
internal static class SweepPlot
{
    private const int Width = 1100;
    private const int Height = 640;

    private static readonly int[] TickDigits = [1, 2, 5];
    private static readonly Color Front = Colors.SteelBlue;
    private static readonly Color Other = Colors.Gray.WithAlpha(0.6);

    /// <summary>Draws the report. The horizontal axis is logarithmic.</summary>
    public static Plot Draw(SweepReport report, SweepCost cost)
    {
        var plot = new Plot();
        PlotLabels.Label(plot, "Points of the sweep and their Pareto front", Describe(cost), "nDCG@10", "F3");
        AddPoints(plot, "other points", report.Rows.Where(row => !row.IsOnFront), Other);
        var front = report.Rows.Where(row => row.IsOnFront).OrderBy(row => row.Cost).ToList();
        AddPoints(plot, "Pareto front:", front, Front).LineWidth = 2;
        foreach (var (index, row) in front.Index())
        {
            AddNumber(plot, row, index + 1);
        }

        AddRing(plot, "baseline", report.Baseline, Colors.Black, size: 18);
        AddRing(plot, $"recommended: {report.Recommended.Result.Point.Name}", report.Recommended, Colors.Red, size: 24);
        plot.ShowLegend(Edge.Right);
        plot.Axes.Margins(0.06, 0.08);
        plot.Axes.Bottom.TickGenerator = CreateTicks(report.Rows, cost == SweepCost.Bytes ? 1e6 : 1);
        return plot;
    }

    /// <summary>Writes a drawing as PNG and SVG.</summary>
    public static void Write(Plot plot, string png, string svg)
    {
        plot.SavePng(png, Width, Height);
        plot.SaveSvg(svg, Width, Height);
    }

    private static ScottPlot.Plottables.Scatter AddPoints(
        Plot plot, string legend, IEnumerable<SweepRow> rows, Color color)
    {
        var points = rows.ToList();
        var scatter = plot.Add.Scatter(points.ConvertAll(GetX), points.ConvertAll(row => row.Ndcg), color);
        (scatter.LineWidth, scatter.MarkerSize, scatter.LegendText) = (0, 9, legend);
        return scatter;
    }

    // Names are in the legend, because they would cover each other.
    private static void AddNumber(Plot plot, SweepRow row, int number)
    {
        var text = plot.Add.Text($"{number}", GetX(row), row.Ndcg);
        (text.LabelFontSize, text.LabelFontColor, text.LabelBold) = (12, Front, true);
        (text.LabelAlignment, text.OffsetX, text.OffsetY) = (Alignment.LowerRight, -4, -4);
        plot.Legend.ManualItems.Add(new LegendItem { LabelText = $"{number}: {row.Result.Point.Name}" });
    }

    private static void AddRing(Plot plot, string legend, SweepRow row, Color color, float size)
    {
        var marker = plot.Add.Marker(GetX(row), row.Ndcg, MarkerShape.OpenCircle, size, color);
        (marker.MarkerLineWidth, marker.LegendText) = (2, legend);
    }

    private static double GetX(SweepRow row) => Math.Log10(Math.Max(row.Cost, double.Epsilon));

    // Digits times the powers of 10 around the costs.
    private static NumericManual CreateTicks(IReadOnlyList<SweepRow> rows, double unit)
    {
        var ticks = new NumericManual();
        var (min, max) = (rows.Min(GetX) - Math.Log10(unit), rows.Max(GetX) - Math.Log10(unit));
        for (var power = (int)Math.Floor(min) - 1; power <= Math.Ceiling(max); power++)
        {
            foreach (var value in TickDigits.Select(digit => digit * Math.Pow(10, power)))
            {
                ticks.AddMajor(Math.Log10(value * unit), value.ToString("0.######", CultureInfo.InvariantCulture));
            }
        }

        return ticks;
    }

    private static string Describe(SweepCost cost) => cost switch
    {
        SweepCost.Latency => "mean ms per query, one thread, without encoding",
        SweepCost.Postings => "postings per query",
        SweepCost.Bytes => "size of the index, MB",
        _ => throw new UnreachableException(),
    };
}
