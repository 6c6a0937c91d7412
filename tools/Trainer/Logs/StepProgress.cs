using System.Diagnostics;
using LuceneLsr.Training.Runs;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>
/// A progress bar for training steps with the latest figures and the remaining time. The time is estimated from all
/// steps of this session: Spectre.Console's own estimate covers only 30 seconds, less than one step of a large model.
/// </summary>
internal static class StepProgress
{
    /// <summary>Runs steps under the progress bar.</summary>
    /// <param name="name">The text next to the bar.</param>
    /// <param name="steps">The number of steps in the run.</param>
    /// <param name="stepsTaken">The number of steps taken in earlier sessions.</param>
    /// <param name="run">Runs the steps and calls its argument after each step.</param>
    public static void Run(string name, int steps, int stepsTaken, Action<Action<TrainingStep>> run) =>
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context =>
            {
                var task = context.AddTask(name, maxValue: steps);
                task.Value = stepsTaken;
                var watch = Stopwatch.StartNew();
                run(step =>
                {
                    var left = watch.Elapsed * ((double)(steps - step.Step) / (step.Step - stepsTaken));
                    task.Description = Markup.Escape(
                        $"{name}, {Describe(step)}, {(int)left.TotalHours}:{left:mm\\:ss} left");
                    task.Value = step.Step;
                });
            });

    private static string Describe(TrainingStep step)
    {
        var (loss, value) = step.Figures[0];
        var figures = step.Figures.ToDictionary();
        var terms = figures.TryGetValue("query_terms", out var query)
            && figures.TryGetValue("document_terms", out var document)
            ? $", terms {query:F0}/{document:F0}"
            : "";
        return $"{loss} {value:F3}{terms}";
    }
}
