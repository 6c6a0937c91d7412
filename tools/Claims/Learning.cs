using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Tools.Shared;
using Spectre.Console;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Claims;

/// <summary>Trains a checkpoint in memory.</summary>
internal static class Learning
{
    /// <summary>Adapts it.</summary>
    public static void Adapt(
        Checkpoint checkpoint, LanguageModelRecipe recipe, string data, CancellationToken cancellation)
    {
        using var task = new LanguageModelTask(checkpoint, recipe, () => TextFiles.ReadAll(data, recipe.Texts), CPU);
        Take("Adapting", checkpoint, recipe, task, cancellation);
    }

    /// <summary>Trains it contrastively.</summary>
    /// <returns>The steps; after a collapse, those up to it.</returns>
    public static IReadOnlyList<TrainingStep> Train(
        string name, Checkpoint checkpoint, ContrastiveRecipe recipe, string data, CancellationToken cancellation)
    {
        using var sampler = new BatchSampler(recipe, data);
        using var task = new ContrastiveTask(checkpoint, recipe, sampler, CPU);
        return Take(name, checkpoint, recipe, task, cancellation);
    }

    private static List<TrainingStep> Take(
        string name, Checkpoint checkpoint, RunRecipe recipe, ITrainingTask task, CancellationToken cancellation)
    {
        using var run = new TrainingRun(checkpoint, recipe, task, CPU);
        var steps = new List<TrainingStep>();
        TimedProgress.Create().Start(context =>
        {
            var progress = context.AddTask(name, maxValue: recipe.Steps);
            try
            {
                foreach (var step in run.Run(cancellation))
                {
                    steps.Add(step);
                    progress.Increment(1);
                }
            }
            catch (TrainingCollapseException exception)
            {
                AnsiConsole.MarkupLineInterpolated($"[yellow]{exception.Message}[/]");
            }
        });
        return steps;
    }
}
