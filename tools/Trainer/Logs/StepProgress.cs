using LuceneLsr.Tools.Shared;
using LuceneLsr.Training.Runs;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>Runs training steps under a progress bar that shows the latest figures and the time left.</summary>
internal static class StepProgress
{
    public static void Run(string name, int steps, int stepsTaken, IEnumerable<TrainingStep> run, Action<TrainingStep> onStep) =>
        TimedProgress.Create().Start(context =>
        {
            var task = context.AddTask(name, maxValue: steps);
            task.Increment(stepsTaken);
            foreach (var step in run)
            {
                onStep(step);
                task.Description = Markup.Escape($"{name} loss {step.Figures[0].Value:F3}");
                task.Increment(1);
            }
        });
}
