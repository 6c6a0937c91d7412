using LuceneLsr.Training.Logs;
using LuceneLsr.Training.Runs;
using SkiaSharp;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>What is made of a run's log at its end: a picture beside it, and a table on the console.</summary>
internal static class RunReport
{
    /// <summary>Writes both, unless nothing is logged.</summary>
    /// <param name="directory">The run's directory.</param>
    /// <param name="phase">The phase; its <see cref="RunLog"/> is closed.</param>
    public static void Write(string directory, string phase)
    {
        var steps = RunLog.Read(directory, phase);
        if (steps.Count == 0)
        {
            return;
        }

        var picture = $"{phase}-curves.png";
        RunCurves.Write(Path.Combine(directory, picture), steps);
        WriteTable(steps);
        if (SKTypeface.Default.GlyphCount == 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]{picture} has no words, as this system has no fonts: install some (fonts-dejavu-core).[/]");
        }
    }

    private static void WriteTable(IReadOnlyList<TrainingStep> steps)
    {
        var table = new Table().RoundedBorder().AddColumn("figure")
            .Caption($"smoothed over a twentieth of {steps.Count:N0} steps");
        foreach (var column in (string[])["first", "last", "lowest", "highest"])
        {
            table.AddColumn(column, each => each.RightAligned());
        }

        foreach (var (figure, _) in steps[0].Figures)
        {
            if (Curve.Of(steps, figure).Smooth().Values is [var first, ..] values)
            {
                double[] shown = [first, values[^1], values.Min(), values.Max()];
                table.AddRow([Markup.Escape(figure.Replace('_', ' ')), .. shown.Select(BriefNumber.Format)]);
            }
        }

        AnsiConsole.Write(table);
    }
}
