using LuceneLsr.Tools.Plots;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;
using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace LuceneLsr.Tools.Search.Tradeoffs;

/// <summary>
/// Draws the figures in three panels: effectiveness over memory, time per query, and documents per second.
/// </summary>
internal static class TradeoffPlot
{
    private const int Width = 1500;
    private const int Height = 460;

    private static readonly Dictionary<Precision, Color> Colors = Enum.GetValues<Precision>()
        .Zip(new ScottPlot.Palettes.Category10().Colors).ToDictionary();

    public static void Write(string path, IReadOnlyList<PrecisionFigures> figures)
    {
        var panels = new Multiplot { Layout = new Columns() };
        panels.AddPlots(3);
        DrawEffectiveness(panels.GetPlot(0), figures);
        DrawBars(panels.GetPlot(1), figures, "One query alone", "ms (median)", row => row.QueryMilliseconds);
        DrawBars(panels.GetPlot(2), figures, "Documents in batches", "documents/s", row => row.DocumentsPerSecond);
        panels.SavePng(path, Width, Height);
    }

    private static void DrawEffectiveness(Plot plot, IReadOnlyList<PrecisionFigures> figures)
    {
        PlotLabels.Label(plot, "Effectiveness over memory", "model in memory, MB", "nDCG@10", "F3");
        foreach (var row in figures)
        {
            var marker = plot.Add.Marker(row.MemoryBytes / 1e6, row.NdcgAt10, size: 14, color: Colors[row.Precision]);
            marker.LegendText = $"{row.Precision}";
        }

        plot.ShowLegend(Alignment.LowerRight, Orientation.Horizontal);
        plot.Axes.SetLimitsX(0, figures.Max(row => row.MemoryBytes) / 1e6 * 1.15);
        var (min, max) = (figures.Min(row => row.NdcgAt10), figures.Max(row => row.NdcgAt10));
        var margin = Math.Max(0.02, max - min); // keep differences of a few thousandths small
        plot.Axes.SetLimitsY(min - margin, max + margin);
    }

    private static void DrawBars(
        Plot plot, IReadOnlyList<PrecisionFigures> figures, string title, string unit,
        Func<PrecisionFigures, double> value)
    {
        PlotLabels.Label(plot, title, "precision of the weights", unit, "0.##");
        var bars = plot.Add.Bars([.. figures.Select(value)]);
        foreach (var (bar, row) in bars.Bars.Zip(figures))
        {
            bar.FillColor = Colors[row.Precision];
            bar.LineWidth = 0;
            bar.Label = $"{value(row):F1}";
        }

        bars.ValueLabelStyle.FontSize = 14;
        plot.Axes.Bottom.SetTicks(
            [.. figures.Select((_, index) => (double)index)], [.. figures.Select(row => $"{row.Precision}")]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.SetLimitsY(0, figures.Max(value) * 1.15);
    }
}
