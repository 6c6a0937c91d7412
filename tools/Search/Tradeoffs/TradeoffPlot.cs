using System.Globalization;
using LuceneLsr.Torch.Checkpoints;
using ScottPlot;
using ScottPlot.MultiplotLayouts;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace LuceneLsr.Tools.Search.Tradeoffs;

/// <summary>
/// The figures as a picture of three panels: effect against memory, the time of a query, and documents a second.
/// </summary>
internal static class TradeoffPlot
{
    private const int Width = 1500;
    private const int Height = 460;

    private static readonly Dictionary<Precision, Color> ColorOf = Enum.GetValues<Precision>()
        .Zip(new ScottPlot.Palettes.Category10().Colors).ToDictionary();

    /// <summary>Whether there is a font to write with: a bare system has none, and its pictures no words.</summary>
    public static bool HasFonts => SKTypeface.Default.GlyphCount > 0;

    public static void Write(string path, IReadOnlyList<PrecisionFigures> figures)
    {
        var panels = new Multiplot { Layout = new Columns() };
        panels.AddPlots(3);
        DrawEffect(panels.GetPlot(0), figures);
        DrawBars(panels.GetPlot(1), figures, "One query alone", "ms (median)", of => of.QueryMilliseconds);
        DrawBars(panels.GetPlot(2), figures, "Documents in batches", "documents/s", of => of.DocumentsPerSecond);
        panels.SavePng(path, Width, Height);
    }

    private static void DrawEffect(Plot plot, IReadOnlyList<PrecisionFigures> figures)
    {
        Label(plot, "Effect against memory", "model in memory, MB", "nDCG@10", "F3");
        foreach (var of in figures)
        {
            var marker = plot.Add.Marker(of.MemoryBytes / 1e6, of.NdcgAt10, size: 14, color: ColorOf[of.Precision]);
            marker.LegendText = $"{of.Precision}";
        }

        plot.ShowLegend(Alignment.LowerRight, Orientation.Horizontal);
        plot.Axes.SetLimitsX(0, figures.Max(of => of.MemoryBytes) / 1e6 * 1.15);
        var (least, most) = (figures.Min(of => of.NdcgAt10), figures.Max(of => of.NdcgAt10));
        var margin = Math.Max(0.02, most - least); // a few thousandths shall not look like much
        plot.Axes.SetLimitsY(least - margin, most + margin);
    }

    private static void DrawBars(
        Plot plot, IReadOnlyList<PrecisionFigures> figures, string title, string unit,
        Func<PrecisionFigures, double> value)
    {
        Label(plot, title, "precision of the weights", unit, "0.##");
        var bars = plot.Add.Bars([.. figures.Select(value)]);
        foreach (var (bar, of) in bars.Bars.Zip(figures))
        {
            bar.FillColor = ColorOf[of.Precision];
            bar.LineWidth = 0;
            bar.Label = $"{value(of):F1}";
        }

        bars.ValueLabelStyle.FontSize = 14;
        plot.Axes.Bottom.SetTicks(
            [.. figures.Select((_, at) => (double)at)], [.. figures.Select(of => $"{of.Precision}")]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.SetLimitsY(0, figures.Max(value) * 1.15);
    }

    private static void Label(Plot plot, string title, string x, string y, string numbers)
    {
        plot.Title(title);
        plot.XLabel(x);
        plot.YLabel(y);
        plot.Axes.Left.TickGenerator = new NumericAutomatic
        {
            LabelFormatter = value => value.ToString(numbers, CultureInfo.InvariantCulture),
            TickDensity = 0.4,
        };
        plot.Axes.Left.MinorTickStyle.Length = 0;
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
    }
}
