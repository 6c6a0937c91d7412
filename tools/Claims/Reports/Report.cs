using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace LuceneLsr.Tools.Claims.Reports;

/// <summary>Writes the result of a claim: a Markdown table and a PNG figure.</summary>
internal static class Report
{
    private const int PanelWidth = 500, Height = 460; // pixels

    /// <summary>Writes <c>NAME.md</c> and <c>NAME.png</c>, and replaces earlier ones.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The name of the files.</param>
    /// <param name="columns">The columns of the table.</param>
    /// <param name="rows">The rows of the table.</param>
    /// <param name="panels">The panels of the figure, from left to right.</param>
    public static void Save<T>(
        string folder, string name, IReadOnlyList<Column<T>> columns, IEnumerable<T> rows,
        IReadOnlyList<FigurePanel> panels)
    {
        File.WriteAllText(Path.Combine(folder, name + ".md"), MarkdownTable.Format(columns, rows));
        var figure = new Multiplot { Layout = new Columns() };
        figure.AddPlots(panels.Count);
        foreach (var (index, panel) in panels.Index())
        {
            panel.Draw(figure.GetPlot(index));
        }

        figure.SavePng(Path.Combine(folder, name + ".png"), PanelWidth * panels.Count, Height);
    }
}
