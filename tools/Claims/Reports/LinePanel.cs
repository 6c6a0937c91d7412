using ScottPlot;

namespace LuceneLsr.Tools.Claims.Reports;

/// <summary>A line per training run. The runs of a group share a color and an entry in the legend.</summary>
internal sealed record LinePanel(string Title, IReadOnlyList<Line> Lines) : FigurePanel(Title)
{
    protected override void DrawSeries(Plot plot)
    {
        plot.XLabel("step");
        string[] groups = [.. Lines.Select(line => line.Group).Distinct()];
        foreach (var (color, group) in groups.Index())
        {
            var label = group;
            foreach (var line in Lines.Where(line => line.Group == group))
            {
                var plotted = plot.Add.ScatterLine(line.Steps, line.Values, Colors[color]);
                plotted.LineWidth = 2;
                plotted.LegendText = label;
                label = ""; // one entry per group
            }
        }

        plot.ShowLegend(Alignment.UpperRight);
    }
}

/// <summary>A figure of a run over its steps.</summary>
/// <param name="Group">The group of the run.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Values">The value at each step.</param>
internal sealed record Line(string Group, double[] Steps, double[] Values);
