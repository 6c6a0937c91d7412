using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;

namespace LuceneLsr.Tools.Claims.Runs;

/// <summary>Trains a checkpoint in memory under a progress bar.</summary>
internal static class ClaimTraining
{
    /// <summary>Adapts a checkpoint with the objective of its variant.</summary>
    /// <exception cref="TrainingCollapseException">The run cannot continue.</exception>
    public static void Adapt(
        this Claim claim, Checkpoint checkpoint, LanguageModelRecipe recipe, CancellationToken cancellation) =>
        claim.Run("Adapting", checkpoint, recipe, onStep: null, cancellation);

    /// <summary>Trains a checkpoint contrastively.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="name">The text next to the progress bar.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="cancellation">Stops the run after a step.</param>
    /// <param name="onStep">Called after each step.</param>
    /// <exception cref="TrainingCollapseException">The run cannot continue.</exception>
    public static void Train(
        this Claim claim, string name, Checkpoint checkpoint, ContrastiveRecipe recipe, CancellationToken cancellation,
        Action<TrainingStep>? onStep = null) => claim.Run(name, checkpoint, recipe, onStep, cancellation);

    private static void Run(
        this Claim claim, string name, Checkpoint checkpoint, RunRecipe recipe, Action<TrainingStep>? onStep,
        CancellationToken cancellation)
    {
        using var run = TrainingRun.Open(checkpoint, recipe, claim.Data, claim.Device);
        TimedProgress.Create().Start(context =>
        {
            var progress = context.AddTask(name, maxValue: recipe.Steps);
            foreach (var step in run.TakeSteps(cancellation))
            {
                onStep?.Invoke(step);
                progress.Increment(1);
            }
        });
    }
}
