using Spectre.Console;

namespace LuceneLsr.Tools.Common.Output;

/// <summary>Prints tables with many columns.</summary>
public static class WideTable
{
    private const int MinWidth = 140; // output that is not a terminal counts as 80 wide

    /// <summary>Prints a table. Where the output is not a terminal, it may be 140 characters wide.</summary>
    public static void Write(Table table)
    {
        if (!AnsiConsole.Profile.Out.IsTerminal)
        {
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, MinWidth);
        }

        AnsiConsole.Write(table);
    }
}
