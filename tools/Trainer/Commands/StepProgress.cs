using LuceneLsr.Tools.Shared;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>Runs training steps under a progress bar that shows the latest figures and the time left.</summary>
internal static class StepProgress
{
    public static void Run<T>(string name, int steps, IEnumerable<T> run, Func<T, string> describe, Action<T> onStep) =>
        TimedProgress.Create().Start(context =>
        {
            var task = context.AddTask(name, maxValue: steps);
            foreach (var step in run)
            {
                onStep(step);
                task.Description = Markup.Escape($"{name} {describe(step)}");
                task.Increment(1);
            }
        });
}
