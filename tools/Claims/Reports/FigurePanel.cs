using ScottPlot;

namespace LuceneLsr.Tools.Claims.Reports;

/// <summary>One of the plots that stand side by side in a figure.</summary>
/// <param name="Title">The heading.</param>
internal abstract record FigurePanel(string Title)
{
    /// <summary>Gets the colors of series.</summary>
    protected static IReadOnlyList<Color> Colors { get; } = new ScottPlot.Palettes.Category10().Colors;

    public void Draw(Plot plot)
    {
        plot.Title(Title);
        DrawSeries(plot);
    }

    protected abstract void DrawSeries(Plot plot);
}
