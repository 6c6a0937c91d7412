using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>What every training run is told: how long, how its weights move, and where its randomness starts.</summary>
public abstract record RunRecipe
{
    /// <summary>Optimizer steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Examples (pairs, or sequences) a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Batches whose gradients are averaged for one step.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>How the weights move.</summary>
    public required OptimizerSettings Optimizer { get; init; }

    /// <summary>Trains low-rank factors beside the weights, not the weights themselves; null trains all.</summary>
    public LoraSettings? Lora { get; init; }

    /// <summary>
    /// In which numbers products are computed. The weights that are trained, their gradients and the optimizer's
    /// moments are F32 in any case.
    /// </summary>
    public ComputePrecision Compute { get; init; } = ComputePrecision.Float32;

    /// <summary>
    /// Keeps of each layer only what goes into it and computes the rest again for the gradient: less memory, a third
    /// more time (Chen et al., "Training Deep Nets with Sublinear Memory Cost", arXiv 1604.06174).
    /// </summary>
    public bool ActivationCheckpointing { get; init; }

    /// <summary>Steps between two snapshots, from which a run that was killed goes on.</summary>
    public int SaveEvery { get; init; } = 100;

    /// <summary>Seed of the data order and of all else that is drawn.</summary>
    public required int Seed { get; init; }

    /// <summary>Refuses settings with which no run is possible.</summary>
    /// <exception cref="InvalidDataException">One is; the message names it and the mend.</exception>
    public virtual void Validate()
    {
        Require.Data(Steps > 0, "steps must be above zero");
        Require.Data(BatchSize > 0, "batch_size must be above zero");
        Require.Data(Accumulation > 0, "accumulation must be above zero");
        Require.Data(SaveEvery > 0, "save_every must be above zero");
        Optimizer.Validate(Steps);
        Lora?.Validate();
    }

    // Both as the F32 that it is computed with.
    internal static bool IsPositive(double value) => (float)value is > 0 and < float.PositiveInfinity;

    internal static bool IsNotNegative(double value) => (float)value is >= 0 and < float.PositiveInfinity;
}
