using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>
/// The settings of AdamW (Loshchilov and Hutter, arXiv 1711.05101) with linear warm-up and decay. Embeddings and head
/// have one peak learning rate, layers another.
/// </summary>
public sealed record OptimizerSettings
{
    /// <summary>Gets the peak learning rate of embeddings and head.</summary>
    public required double EmbeddingLearningRate { get; init; }

    /// <summary>Gets the peak learning rate of the layers, or of their low-rank factors.</summary>
    public required double LayerLearningRate { get; init; }

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
        Require.Data(WarmupSteps >= 0 && WarmupSteps < steps,
            $"optimizer.warmup_steps must be at least 0 and below steps, but is {WarmupSteps} of {steps}");
        RecipeRules.RequireNotNegative(WeightDecay, "optimizer.weight_decay");
        RecipeRules.RequirePositive(GradientClip, "optimizer.gradient_clip");
    }
}
