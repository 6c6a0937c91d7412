namespace LuceneLsr.Tools.Claims.Reports;

/// <summary>Formats Markdown tables.</summary>
internal static class MarkdownTable
{
    public static string Format<T>(IReadOnlyList<Column<T>> columns, IEnumerable<T> rows)
    {
        IEnumerable<string>[] header = [columns.Select(column => column.Title), columns.Select(_ => "---")];
        return string.Concat(header
            .Concat(rows.Select(row => columns.Select(column => column.Format(row))))
            .Select(cells => $"| {string.Join(" | ", cells)} |\n"));
    }
}

/// <summary>A column of a table.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Format">Formats the cell of a row.</param>
internal sealed record Column<T>(string Title, Func<T, string> Format);
