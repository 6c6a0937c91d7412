using LuceneLsr.Training.Phases;
using LuceneLsr.Training.Runs;
using SkiaSharp;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>Reports a finished run: a plot in the run's directory, and a table on the console.</summary>
internal static class RunReport
{
    /// <summary>Writes plot and table; does nothing if the run has logged no steps.</summary>
    public static void Write(PhaseRun run)
    {
        var steps = run.ReadLog();
        if (steps.Count == 0)
        {
            return;
        }

        var plot = $"{run.PhaseName}-curves.png";
        RunCurves.Write(Path.Combine(run.Directory, plot), steps);
        WriteTable(steps);
        if (SKTypeface.Default.GlyphCount == 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]{plot} has no labels because no fonts are installed. Install fonts-dejavu-core.[/]");
        }
    }

    private static void WriteTable(IReadOnlyList<TrainingStep> steps)
    {
        var table = new Table().RoundedBorder().AddColumn("figure")
            .Caption($"smoothed over a twentieth of {steps.Count:N0} steps");
        foreach (var column in (string[])["first", "last", "min", "max"])
        {
            table.AddColumn(column, each => each.RightAligned());
        }

        foreach (var (figure, _) in steps[0].Figures)
        {
            if (Curve.FromSteps(steps, figure).Smooth().Values is [var first, ..] values)
            {
                double[] shown = [first, values[^1], values.Min(), values.Max()];
                table.AddRow([Markup.Escape(figure.Replace('_', ' ')), .. shown.Select(BriefNumber.Format)]);
            }
        }

        AnsiConsole.Write(table);
    }
}
