namespace LuceneLsr.Training.Recipes;

/// <summary>The settings that all training runs have in common.</summary>
public abstract record RunRecipe
{
    /// <summary>Gets the number of optimizer steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Gets the number of examples (pairs or sequences) in a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Gets the number of batches whose gradients are averaged in a step.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>Gets the number of batches in the run.</summary>
    internal long Batches => (long)Steps * Accumulation;

    /// <summary>Gets the settings of the optimizer.</summary>
    public required OptimizerSettings Optimizer { get; init; }

    /// <summary>Gets the settings of low-rank adaptation, or null to train the weights themselves.</summary>
    public LoraSettings? Lora { get; init; }

    /// <summary>
    /// Gets the precision of matrix products. Trained weights, their gradients and the moments of the optimizer are
    /// always F32.
    /// </summary>
    public ComputePrecision Compute { get; init; } = ComputePrecision.Float32;

    /// <summary>
    /// Gets whether to keep only the inputs of the layers and to recompute their activations in the backward pass. This
    /// saves memory and takes a third more time (Chen et al., "Training Deep Nets with Sublinear Memory Cost",
    /// arXiv 1604.06174).
    /// </summary>
    public bool ActivationCheckpointing { get; init; }

    /// <summary>Gets the number of steps between snapshots, from which an interrupted run resumes.</summary>
    public int SaveEvery { get; init; } = 100;

    /// <summary>Gets the seed of the data order and of all other random choices.</summary>
    public required int Seed { get; init; }

    /// <summary>Validates all settings.</summary>
    /// <exception cref="InvalidDataException">A setting is not valid. The message names its field.</exception>
    public virtual void Validate()
    {
        RecipeRules.RequirePositive(Steps, "steps");
        RecipeRules.RequirePositive(BatchSize, "batch_size");
        RecipeRules.RequirePositive(Accumulation, "accumulation");
        RecipeRules.RequirePositive(SaveEvery, "save_every");
        Optimizer.Validate(Steps);
        Lora?.Validate();
    }
}
