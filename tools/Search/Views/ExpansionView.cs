using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Prints a sparse vector as a bar chart.</summary>
internal static class ExpansionView
{
    public static void Write(string title, SparseVector vector, int? maxTerms = null)
    {
        var shown = vector.TakeTop(maxTerms ?? vector.Count);
        if (shown.Count == 0)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]{title}: no terms.[/]");
            return;
        }

        var chart = new BarChart().Label(Markup.Escape(title)).LeftAlignLabel()
            .Width(Math.Min(72, AnsiConsole.Profile.Width));
        foreach (var entry in shown.Entries)
        {
            chart.AddItem(Markup.Escape(entry.Term), Math.Round(entry.Weight, 2), Color.SteelBlue1);
        }

        AnsiConsole.Write(chart);
        if (shown.Count < vector.Count)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[grey]{vector.Count - shown.Count} more terms below {shown.Entries[^1].Weight:F2}[/]");
        }
    }
}
