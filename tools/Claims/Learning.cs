using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;

namespace LuceneLsr.Tools.Claims;

/// <summary>Trains a checkpoint in memory.</summary>
internal static class Learning
{
    /// <summary>Adapts it, as its variant asks.</summary>
    /// <exception cref="TrainingCollapseException">It collapses.</exception>
    public static void Adapt(
        this Claim claim, Checkpoint checkpoint, LanguageModelRecipe recipe, CancellationToken cancellation)
    {
        using var task = new LanguageModelTask(
            checkpoint, recipe, () => TextFiles.ReadAll(claim.Data, recipe.Texts), claim.Device);
        using var run = new TrainingRun(checkpoint, recipe, task, claim.Device);
        Take("Adapting", recipe.Steps, run.Run(cancellation));
    }

    /// <summary>Trains it contrastively.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="name">What the progress bar says.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="cancellation">Stops it after a step.</param>
    /// <param name="taken">Is told of each step.</param>
    /// <exception cref="TrainingCollapseException">It collapses.</exception>
    public static void Train(
        this Claim claim, string name, Checkpoint checkpoint, ContrastiveRecipe recipe, CancellationToken cancellation,
        Action<TrainingStep>? taken = null)
    {
        using var sampler = new BatchSampler(recipe, claim.Data);
        using var task = new ContrastiveTask(checkpoint, recipe, sampler, claim.Device);
        using var run = new TrainingRun(checkpoint, recipe, task, claim.Device);
        Take(name, recipe.Steps, run.Run(cancellation), taken);
    }

    private static void Take(
        string name, int count, IEnumerable<TrainingStep> steps, Action<TrainingStep>? taken = null) =>
        TimedProgress.Create().Start(context =>
        {
            var progress = context.AddTask(name, maxValue: count);
            foreach (var step in steps)
            {
                taken?.Invoke(step);
                progress.Increment(1);
            }
        });
}
