using Spectre.Console;

namespace LuceneLsr.Tools.Common.Output;

/// <summary>The programs' progress bar: what is done, how much of it, and the time left.</summary>
public static class TimedProgress
{
    public static Progress Create() => AnsiConsole.Progress().Columns(
        new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
}
