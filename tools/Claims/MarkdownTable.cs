namespace LuceneLsr.Tools.Claims;

/// <summary>A table for a document.</summary>
internal static class MarkdownTable
{
    public static string Of(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        string.Concat(
            new[] { columns, [.. columns.Select(_ => "---")] }.Concat(rows)
                .Select(cells => $"| {string.Join(" | ", cells)} |\n"));
}
