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
    /// <summary>Adapts it, as its variant asks.</summary>
    public static void Adapt(
        this Claim claim, Checkpoint checkpoint, LanguageModelRecipe recipe, CancellationToken cancellation)
    {
        using var task = new LanguageModelTask(
            checkpoint, recipe, () => TextFiles.ReadAll(claim.Data, recipe.Texts), claim.Device);
        Take("Adapting", checkpoint, recipe, task, claim.Device, cancellation);
    }

    /// <summary>Trains it contrastively.</summary>
    /// <returns>The steps; after a collapse, those up to it.</returns>
    public static IReadOnlyList<TrainingStep> Train(
        this Claim claim, string name, Checkpoint checkpoint, ContrastiveRecipe recipe, CancellationToken cancellation)
    {
        using var sampler = new BatchSampler(recipe, claim.Data);
        using var task = new ContrastiveTask(checkpoint, recipe, sampler, claim.Device);
        return Take(name, checkpoint, recipe, task, claim.Device, cancellation);
    }

    private static List<TrainingStep> Take(
        string name, Checkpoint checkpoint, RunRecipe recipe, ITrainingTask task, Device device,
        CancellationToken cancellation)
    {
        using var run = new TrainingRun(checkpoint, recipe, task, device);
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
