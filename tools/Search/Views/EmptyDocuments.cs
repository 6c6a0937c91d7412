using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Warns about documents that no query finds.</summary>
internal static class EmptyDocuments
{
    public static void Warn(int count)
    {
        if (count > 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]{count:N0} documents have no term and cannot be found: they are empty or pruned too far.[/]");
        }
    }
}
