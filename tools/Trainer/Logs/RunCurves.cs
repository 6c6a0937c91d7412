using LuceneLsr.Training.Runs;
using MathNet.Numerics.Statistics;
using ScottPlot;
using ScottPlot.MultiplotLayouts;
using ScottPlot.TickGenerators;

namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>A run's figures over its steps as a picture: faint points, and a line that smooths them.</summary>
internal static class RunCurves
{
    private const int PanelWidth = 460;
    private const int PanelHeight = 320;
    private const int MostPoints = 2000; // of a curve
    private const double Outliers = 0.01; // share of the points at either end that the axis need not show

    private static readonly Color[] Palette = new ScottPlot.Palettes.Category10().Colors;

    /// <summary>Writes the picture as PNG.</summary>
    /// <param name="path">The file.</param>
    /// <param name="steps">The run's steps, at least one.</param>
    public static void Write(string path, IReadOnlyList<TrainingStep> steps)
    {
        var curves = steps[0].Figures
            .Select(figure => (figure.Name, Curve: Curve.Of(steps, figure.Name)))
            .Where(each => each.Curve.Values.Length > 0)
            .ToDictionary();
        CurvePanel[] panels = [.. CurvePanel.Of(curves.Keys)];
        var columns = (int)Math.Ceiling(Math.Sqrt(panels.Length));
        var rows = (panels.Length + columns - 1) / columns;
        var picture = new Multiplot { Layout = new Grid(rows, columns) };
        picture.AddPlots(panels.Length);
        foreach (var (panel, plot) in panels.Zip(picture.GetPlots()))
        {
            Draw(plot, panel, [.. panel.Figures.Select(figure => curves[figure])]);
            plot.Axes.SetLimitsX(0, steps[^1].Step * 1.01);
        }

        picture.SavePng(path, columns * PanelWidth, rows * PanelHeight);
    }

    private static void Draw(Plot plot, CurvePanel panel, Curve[] curves)
    {
        var isLogarithmic = panel.IsLogarithmic && Curve.AreWide(curves);
        var ranges = new List<double>();
        foreach (var (curve, figure, color) in curves.Zip(panel.Figures, Palette))
        {
            var drawn = isLogarithmic ? curve.Logarithms() : curve;
            if (drawn.Values.Length > 0)
            {
                ranges.AddRange(Draw(plot, drawn, panel.IsExact ? drawn : drawn.Smooth(), color));
                plot.Legend.ManualItems.Add(
                    new() { LabelText = CurvePanel.LabelOf(figure), LineColor = color, LineWidth = 2 });
            }
        }

        Style(plot, panel);
        SetRange(plot, isLogarithmic, ranges.Min(), ranges.Max());
    }

    // What of the curve must be seen.
    private static double[] Draw(Plot plot, Curve curve, Curve smooth, Color color)
    {
        var points = curve.Thin(MostPoints);
        plot.Add.ScatterPoints(points.Steps, points.Values, color.WithAlpha(0.25)).MarkerSize = 4;
        plot.Add.ScatterLine(smooth.Steps, smooth.Values, color).LineWidth = 2;
        return [.. smooth.Values, curve.Values.Quantile(Outliers), curve.Values.Quantile(1 - Outliers)];
    }

    private static void SetRange(Plot plot, bool isLogarithmic, double least, double most)
    {
        var margin = most > least ? 0.08 * (most - least) : most == 0 ? 1 : 0.05 * Math.Abs(most);
        var legend = plot.Legend.IsVisible ? 2 * margin : 0; // room above the curves
        var (bottom, top) = (least - margin, most + margin + legend);
        plot.Axes.SetLimitsY(bottom, top);
        if (isLogarithmic)
        {
            plot.Axes.Left.TickGenerator = new NumericManual(LogarithmicTicks.Between(bottom, top));
        }
    }

    private static void Style(Plot plot, CurvePanel panel)
    {
        plot.Title(panel.Title, size: 15);
        plot.XLabel("step", size: 12);
        plot.YLabel(panel.Unit, size: 12);
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickGenerator = new NumericAutomatic { LabelFormatter = BriefNumber.Format, TickDensity = 0.6 };
            axis.Label.Bold = false;
            axis.MinorTickStyle.Length = 0;
        }

        plot.Axes.Left.MinimumSize = 82; // one for all, so that panels stand in line
        plot.Axes.Right.MinimumSize = 25; // half of the last step's label
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Legend.IsVisible = panel.Figures.Length > 1;
        plot.Legend.Alignment = Alignment.UpperRight;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.Transparent;
    }
}
