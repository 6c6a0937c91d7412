using System.Globalization;
using LuceneLsr.Tools.Plots;
using ScottPlot;
using ScottPlot.MultiplotLayouts;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace LuceneLsr.Tools.Cluster.Simulations;

/// <summary>
/// Draws latency over shards, over throughput, and over the share of slow searches. Axes are logarithmic.
/// </summary>
internal static class SimulationPlot
{
    private const int Width = 1500;
    private const int Height = 460;
    private const double Margin = 0.08;
    private const string Latency = "ms per query";

    private static readonly Color[] Palette = new ScottPlot.Palettes.Category10().Colors;

    /// <summary>Draws the panels.</summary>
    public static Multiplot Draw(IReadOnlyCollection<SimulatedPoint> points)
    {
        var panels = new Multiplot { Layout = new Columns() };
        panels.AddPlots(3);
        DrawShards(panels.GetPlot(0), [.. points.Where(point => point.Study == Study.Shards)]);
        DrawSeries(
            panels.GetPlot(1), "Replicas: 99th percentile", "queries/s",
            [.. points.Where(point => point.Study == Study.Throughput)]);
        DrawSeries(
            panels.GetPlot(2), "Stragglers: 99th percentile, by hedging", "share of slow searches",
            [.. points.Where(point => point.Study == Study.Stragglers)]);
        return panels;
    }

    /// <summary>Writes the panels as PNG and SVG.</summary>
    public static void Write(Multiplot panels, string png, string svg)
    {
        panels.SavePng(png, Width, Height);
        using var file = File.Create(svg);
        using var canvas = SKSvgCanvas.Create(new SKRect(0, 0, Width, Height), file);
        panels.Render(canvas, new PixelRect(0, Width, Height, 0));
    }

    private static void DrawShards(Plot plot, SimulatedPoint[] points)
    {
        AddCurve(plot, "99th percentile", points, point => point.Result.Percentile99, Palette[0]);
        AddCurve(plot, "median", points, point => point.Result.Median, Palette[1]);
        Style(
            plot, "Shards", "shards", [.. points.Select(point => point.X)],
            [.. points.SelectMany(point => new[] { point.Result.Median, point.Result.Percentile99 })]);
        plot.Legend.Alignment = Alignment.UpperRight;
    }

    private static void DrawSeries(Plot plot, string title, string x, SimulatedPoint[] points)
    {
        foreach (var (series, color) in points.GroupBy(point => point.Series).Zip(Palette))
        {
            AddCurve(plot, series.Key, series, point => point.Result.Percentile99, color);
        }

        Style(
            plot, title, x, [.. points.Select(point => point.X)],
            [.. points.Select(point => point.Result.Percentile99)]);
    }

    private static void AddCurve(
        Plot plot, string legend, IEnumerable<SimulatedPoint> points, Func<SimulatedPoint, double> getY, Color color)
    {
        var curve = plot.Add.Scatter(
            points.Select(point => Math.Log10(point.X)).ToArray(),
            points.Select(point => Math.Log10(getY(point))).ToArray(), color);
        (curve.LineWidth, curve.MarkerSize, curve.LegendText) = (2, 6, legend);
    }

    private static void Style(Plot plot, string title, string x, double[] xs, double[] ys)
    {
        PlotLabels.Label(plot, title, x, Latency, "G3");
        var ((left, right), (bottom, top)) = (GetRange(xs), GetRange(ys));
        plot.Axes.SetLimits(left, right, bottom, top);
        plot.Axes.Bottom.TickGenerator = CreateTicks(left, right);
        plot.Axes.Left.TickGenerator = CreateTicks(bottom, top);
        plot.ShowLegend(Alignment.UpperLeft);
    }

    private static (double Low, double High) GetRange(double[] values)
    {
        var (low, high) = (Math.Log10(values.Min()), Math.Log10(values.Max()));
        return (low - (Margin * (high - low)), high + (Margin * (high - low)));
    }

    private static NumericManual CreateTicks(double low, double high) => new(LogarithmicTicks.Create(
        low, high, value => value.ToString("0.######", CultureInfo.InvariantCulture)));
}
