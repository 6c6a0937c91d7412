using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using Spectre.Console;

namespace LuceneLsr.Tools.Claims.Runs;

/// <summary>Trains a checkpoint in memory under a progress bar.</summary>
internal static class ClaimTraining
{
    /// <summary>Adapts a checkpoint with the objective of its variant.</summary>
    /// <exception cref="TrainingCollapseException">The run cannot continue.</exception>
    public static void Adapt(
        this Claim claim, Checkpoint checkpoint, LanguageModelRecipe recipe, CancellationToken cancellation) =>
        claim.Run("Adapting", checkpoint, recipe, onStep: null, cancellation);

    /// <summary>Adapts a checkpoint with the objective of its variant. A collapse ends the run and is shown.</summary>
    /// <returns>False if the run collapsed.</returns>
    public static bool TryAdapt(
        this Claim claim, Checkpoint checkpoint, LanguageModelRecipe recipe, CancellationToken cancellation) =>
        Try(() => claim.Adapt(checkpoint, recipe, cancellation));

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

    /// <summary>Trains a checkpoint contrastively and records the steps. A collapse ends the run and is shown.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="curve">The curve to record, whose base and seed name the run.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="cancellation">Stops the run after a step.</param>
    /// <returns>False if the run collapsed.</returns>
    public static bool TryTrain(
        this Claim claim, RunCurve curve, Checkpoint checkpoint, ContrastiveRecipe recipe,
        CancellationToken cancellation) => Try(() => claim.Train(
            $"{curve.Base}, seed {curve.Seed}", checkpoint, recipe, cancellation, curve.Steps.Add));

    private static bool Try(Action run)
    {
        try
        {
            run();
            return true;
        }
        catch (TrainingCollapseException exception)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]{exception.Message}[/]");
            return false;
        }
    }

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
