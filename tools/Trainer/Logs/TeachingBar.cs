using System.Diagnostics;
using LuceneLsr.Training.Teachers;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>
/// A progress bar of the batches whose texts are encoded, with texts per second and the remaining time.
/// </summary>
internal static class TeachingBar
{
    /// <summary>Runs work, which calls its argument with its progress.</summary>
    public static TeachingProgress Run(Func<Action<TeachingProgress>, TeachingProgress> work) =>
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context =>
            {
                var task = context.AddTask("Encoding", maxValue: 1);
                var watch = Stopwatch.StartNew();
                return work(progress =>
                {
                    var left = watch.Elapsed * ((1 - progress.Share) / progress.Share);
                    task.Description = $"Encoding, {progress.Encoded / watch.Elapsed.TotalSeconds:F0} texts/s, "
                        + $"{(int)left.TotalHours}:{left:mm\\:ss} left";
                    task.Value = progress.Share;
                });
            });
}
