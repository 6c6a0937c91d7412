using System.Globalization;
using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace LuceneLsr.Tools.Claims;

/// <summary>Figures of several things side by side, a panel a figure.</summary>
internal static class BarPlot
{
    private static readonly Color[] Colors = [.. new ScottPlot.Palettes.Category10().Colors];

    public static void Save(string path, string[] names, IReadOnlyList<(string Title, double[] Values)> panels)
    {
        var picture = new Multiplot { Layout = new Columns() };
        picture.AddPlots(panels.Count);
        foreach (var (at, (title, values)) in panels.Index())
        {
            Draw(picture.GetPlot(at), names, title, values);
        }

        picture.SavePng(path, 500 * panels.Count, 460);
    }

    private static void Draw(Plot plot, string[] names, string title, double[] values)
    {
        plot.Title(title);
        var bars = plot.Add.Bars(values);
        foreach (var (at, bar) in bars.Bars.Index())
        {
            bar.FillColor = Colors[at];
            bar.LineWidth = 0;
            bar.Label = bar.Value.ToString("G3", CultureInfo.InvariantCulture);
        }

        bars.ValueLabelStyle.FontSize = 14;
        plot.Axes.Bottom.SetTicks([.. names.Select((_, at) => (double)at)], names);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.SetLimitsY(0, values.Max() * 1.15);
    }
}
