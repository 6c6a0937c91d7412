using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace LuceneLsr.Tools.Claims;

/// <summary>Loss, gradient norm and active terms over the first steps, a line a run.</summary>
internal static class AdaptationPlot
{
    private static readonly Color[] Colors = [.. new ScottPlot.Palettes.Category10().Colors];

    public static void Save(string path, IReadOnlyList<AdaptationCurve> curves)
    {
        var panels = new Multiplot { Layout = new Columns() };
        panels.AddPlots(3);
        Draw(panels.GetPlot(0), curves, "InfoNCE", curve => curve.Of("info_nce"));
        Draw(
            panels.GetPlot(1), curves, "log10 of the gradient's norm",
            curve => [.. curve.Of("gradient_norm").Select(Math.Log10)]);
        Draw(
            panels.GetPlot(2), curves, "active share of the vocabulary, documents",
            curve => [.. curve.Of("document_terms").Select(terms => terms / curve.Terms)]);
        panels.GetPlot(0).ShowLegend(Alignment.UpperRight);
        panels.SavePng(path, 1500, 460);
    }

    private static void Draw(
        Plot plot, IReadOnlyList<AdaptationCurve> curves, string title, Func<AdaptationCurve, double[]> values)
    {
        plot.Title(title);
        plot.XLabel("step");
        foreach (var curve in curves.Where(curve => curve.Steps.Count > 0))
        {
            double[] steps = [.. curve.Steps.Select(step => (double)step.Step)];
            var line = plot.Add.ScatterLine(steps, values(curve), Colors[curve.IsAdapted ? 0 : 1]);
            line.LineWidth = 2;
            if (curve.Seed == curves[0].Seed)
            {
                line.LegendText = curve.IsAdapted ? "adapted" : "as pretrained";
            }
        }
    }
}
