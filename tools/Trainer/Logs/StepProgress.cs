using System.Diagnostics;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Training.Runs;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>
/// Runs training steps under a progress bar that shows the latest figures and the time left. That is reckoned from all
/// steps of this session, as the console's own estimate looks back 30 seconds, less than a large model's step may take.
/// </summary>
internal static class StepProgress
{
    /// <summary>Takes the steps.</summary>
    /// <param name="name">What is shown beside the bar.</param>
    /// <param name="steps">Steps of the whole run.</param>
    /// <param name="stepsTaken">Steps that an earlier session has taken.</param>
    /// <param name="run">Takes a step each time it is asked for the next.</param>
    /// <param name="onStep">Called after each step.</param>
    public static void Run(
        string name, int steps, int stepsTaken, IEnumerable<TrainingStep> run, Action<TrainingStep> onStep) =>
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context =>
            {
                var task = context.AddTask(name, maxValue: steps);
                task.Value = stepsTaken;
                var watch = Stopwatch.StartNew();
                foreach (var step in run)
                {
                    onStep(step);
                    var left = watch.Elapsed * ((double)(steps - step.Step) / (step.Step - stepsTaken));
                    task.Description = Markup.Escape(
                        $"{name}, {Figures(step)}, {(int)left.TotalHours}:{left:mm\\:ss} left");
                    task.Value = step.Step;
                }
            });

    private static string Figures(TrainingStep step)
    {
        var (loss, value) = step.Figures[0];
        var latest = step.Figures.ToDictionary();
        var terms = latest.TryGetValue("query_terms", out var query)
            && latest.TryGetValue("document_terms", out var document)
            ? $", terms {query:F0}/{document:F0}"
            : "";
        return $"{loss} {value:F3}{terms}";
    }
}
