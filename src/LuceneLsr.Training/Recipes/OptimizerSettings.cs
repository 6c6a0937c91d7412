using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>
/// The settings of AdamW (Loshchilov and Hutter, arXiv 1711.05101) with linear warm-up and decay. Layers,
/// embeddings, head and the head's bias have their own peak learning rates.
/// </summary>
public sealed record OptimizerSettings
{
    /// <summary>Gets the peak learning rate of the embeddings, tied or not.</summary>
    public required double EmbeddingLearningRate { get; init; }

    /// <summary>
    /// Gets the peak learning rate of the head and of everything else outside embeddings and layers; by default that of
    /// the embeddings.
    /// </summary>
    public double? HeadLearningRate { get; init; }

    /// <summary>Gets the peak learning rate of the head's bias; by default that of the head.</summary>
    public double? HeadBiasLearningRate { get; init; }

    /// <summary>Gets the peak learning rate of the layers, or of their low-rank factors.</summary>
    public required double LayerLearningRate { get; init; }

    /// <summary>
    /// Gets the number of lowest layers that are not trained, and with them the embeddings; null trains all. The
    /// backward pass stops above them.
    /// </summary>
    public int? FrozenLayers { get; init; }

    /// <summary>Gets the number of warm-up steps.</summary>
    public required int WarmupSteps { get; init; }

    /// <summary>Gets the decay of the learning rates after the warm-up.</summary>
    public LearningRateDecay Decay { get; init; } = LearningRateDecay.Linear;

    /// <summary>Gets the decoupled weight decay of matrices. Norms and biases do not decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Gets the maximum norm of the gradient. Larger gradients are scaled down.</summary>
    public double GradientClip { get; init; } = 1;

    internal void Validate(int steps)
    {
        RecipeRules.RequirePositive(EmbeddingLearningRate, "optimizer.embedding_learning_rate");
        RecipeRules.RequirePositive(LayerLearningRate, "optimizer.layer_learning_rate");
        RequireNullOrPositive(HeadLearningRate, "optimizer.head_learning_rate");
        RequireNullOrPositive(HeadBiasLearningRate, "optimizer.head_bias_learning_rate");
        Require.Data(FrozenLayers is null or >= 0, "optimizer.frozen_layers must not be negative");
        Require.Data(WarmupSteps >= 0 && WarmupSteps < steps,
            $"optimizer.warmup_steps must be at least 0 and below steps, but is {WarmupSteps} of {steps}");
        RecipeRules.RequireNotNegative(WeightDecay, "optimizer.weight_decay");
        RecipeRules.RequirePositive(GradientClip, "optimizer.gradient_clip");
    }

    private static void RequireNullOrPositive(double? rate, string field)
    {
        if (rate is { } value)
        {
            RecipeRules.RequirePositive(value, field);
        }
    }
}
