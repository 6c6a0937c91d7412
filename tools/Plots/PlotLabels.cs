using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace LuceneLsr.Tools.Plots;

/// <summary>The labels of plots and their axes.</summary>
public static class PlotLabels
{
    /// <summary>Gets whether the system has a font. Without one, plots have no text.</summary>
    public static bool HasFonts => SKTypeface.Default.GlyphCount > 0;

    /// <summary>Labels the axes of a plot.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="title">The title.</param>
    /// <param name="x">The label of the horizontal axis.</param>
    /// <param name="y">The label of the vertical axis.</param>
    /// <param name="format">The format of the numbers of the vertical axis.</param>
    public static void Label(Plot plot, string title, string x, string y, string format)
    {
        plot.Title(title);
        plot.XLabel(x);
        plot.YLabel(y);
        plot.Axes.Left.TickGenerator = new NumericAutomatic
        {
            LabelFormatter = value => value.ToString(format, CultureInfo.InvariantCulture),
            TickDensity = 0.4,
        };
        plot.Axes.Left.MinorTickStyle.Length = 0;
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
    }

    /// <summary>Warns that a plot has no text, if so.</summary>
    public static void WarnWithoutFonts(string file)
    {
        if (!HasFonts)
        {
            Spectre.Console.AnsiConsole.MarkupLineInterpolated(
                $"[yellow]{file} has no labels because no fonts are installed. Install fonts-dejavu-core.[/]");
        }
    }
}
