using Spectre.Console;

namespace LuceneLsr.Tools.Common.Output;

/// <summary>Creates progress bars with a description, a percentage and the time left.</summary>
public static class TimedProgress
{
    public static Progress Create() => AnsiConsole.Progress().Columns(
        new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
}
