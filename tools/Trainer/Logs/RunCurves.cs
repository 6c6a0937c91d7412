using LuceneLsr.Tools.Plots;
using LuceneLsr.Training.Runs;
using MathNet.Numerics.Statistics;
using ScottPlot;
using ScottPlot.MultiplotLayouts;
using ScottPlot.TickGenerators;

namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>Plots the figures of a run over its steps: faint points and a smoothed line.</summary>
internal static class RunCurves
{
    private const int PanelWidth = 460;
    private const int PanelHeight = 320;
    private const int MaxPoints = 2000; // per curve
    private const double OutlierShare = 0.01; // of the points at either end, which may be off the axis
    private const float MinLeftAxisSize = 82; // the same in all panels, so that they align
    private const float MinRightAxisSize = 25; // room for half of the last step's label

    private static readonly Color[] Palette = new ScottPlot.Palettes.Category10().Colors;

    /// <summary>Writes the plot as a PNG file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="steps">The steps of the run, at least one.</param>
    public static void Write(string path, IReadOnlyList<TrainingStep> steps)
    {
        var curves = steps[0].Figures
            .Select(figure => (figure.Name, Curve: Curve.FromSteps(steps, figure.Name)))
            .Where(each => each.Curve.Values.Length > 0)
            .ToDictionary();
        CurvePanel[] panels = [.. CurvePanel.CreateAll(curves.Keys)];
        var columns = (int)Math.Ceiling(Math.Sqrt(panels.Length));
        var rows = (panels.Length + columns - 1) / columns;
        var plots = new Multiplot { Layout = new Grid(rows, columns) };
        plots.AddPlots(panels.Length);
        foreach (var (panel, plot) in panels.Zip(plots.GetPlots()))
        {
            Draw(plot, panel, [.. panel.Figures.Select(figure => curves[figure])]);
            plot.Axes.SetLimitsX(0, steps[^1].Step * 1.01);
        }

        plots.SavePng(path, columns * PanelWidth, rows * PanelHeight);
    }

    private static void Draw(Plot plot, CurvePanel panel, Curve[] curves)
    {
        var isLogarithmic = panel.IsLogarithmic && Curve.AreWide(curves);
        var ranges = new List<double>();
        foreach (var (curve, figure, color) in curves.Zip(panel.Figures, Palette))
        {
            var drawn = isLogarithmic ? curve.ToLogarithms() : curve;
            if (drawn.Values.Length > 0)
            {
                ranges.AddRange(Draw(plot, drawn, panel.IsExact ? drawn : drawn.Smooth(), color));
                plot.Legend.ManualItems.Add(
                    new() { LabelText = CurvePanel.GetLabel(figure), LineColor = color, LineWidth = 2 });
            }
        }

        Style(plot, panel);
        SetRange(plot, isLogarithmic, ranges.Min(), ranges.Max());
    }

    // Returns the values that the axis must cover.
    private static double[] Draw(Plot plot, Curve curve, Curve smooth, Color color)
    {
        var points = curve.Thin(MaxPoints);
        plot.Add.ScatterPoints(points.Steps, points.Values, color.WithAlpha(0.25)).MarkerSize = 4;
        plot.Add.ScatterLine(smooth.Steps, smooth.Values, color).LineWidth = 2;
        return [.. smooth.Values, curve.Values.Quantile(OutlierShare), curve.Values.Quantile(1 - OutlierShare)];
    }

    private static void SetRange(Plot plot, bool isLogarithmic, double min, double max)
    {
        var margin = max > min ? 0.08 * (max - min) : max == 0 ? 1 : 0.05 * Math.Abs(max);
        var legend = plot.Legend.IsVisible ? 2 * margin : 0; // room above the curves
        var (bottom, top) = (min - margin, max + margin + legend);
        plot.Axes.SetLimitsY(bottom, top);
        if (isLogarithmic)
        {
            plot.Axes.Left.TickGenerator = new NumericManual(LogarithmicTicks.Create(bottom, top, BriefNumber.Format));
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

        plot.Axes.Left.MinimumSize = MinLeftAxisSize;
        plot.Axes.Right.MinimumSize = MinRightAxisSize;
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
