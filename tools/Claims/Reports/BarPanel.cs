using System.Globalization;
using ScottPlot;

namespace LuceneLsr.Tools.Claims.Reports;

/// <summary>A bar per name, labelled with its value.</summary>
internal sealed record BarPanel(string Title, IReadOnlyList<(string Name, double Value)> Values) : FigurePanel(Title)
{
    private const double Headroom = 1.15; // for the label of the highest bar

    protected override void DrawSeries(Plot plot)
    {
        if (Values.Count == 0)
        {
            return; // nothing sets the height of the axis
        }

        var bars = plot.Add.Bars([.. Values.Select(bar => bar.Value)]);
        foreach (var (index, bar) in bars.Bars.Index())
        {
            bar.FillColor = Colors[index];
            bar.LineWidth = 0;
            bar.Label = bar.Value.ToString("G3", CultureInfo.InvariantCulture);
        }

        bars.ValueLabelStyle.FontSize = 14;
        plot.Axes.Bottom.SetTicks(
            [.. Values.Select((_, index) => (double)index)], [.. Values.Select(bar => bar.Name)]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.SetLimitsY(0, Values.Max(bar => bar.Value) * Headroom);
    }
}
