using System.Text.Json.Serialization;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>
/// AdamW (Loshchilov and Hutter, arXiv 1711.05101) with a linear warm-up and a decay, one peak rate for embeddings and
/// head and one for the layers.
/// </summary>
public sealed record OptimizerSettings
{
    /// <summary>Peak learning rate of embeddings and head.</summary>
    public required double EmbeddingLearningRate { get; init; }

    /// <summary>Peak learning rate of the layers, or of their <see cref="LoraSettings"/>.</summary>
    public required double LayerLearningRate { get; init; }

    /// <summary>Steps of the linear warm-up.</summary>
    public required int WarmupSteps { get; init; }

    /// <summary>How the rates fall after it.</summary>
    public LearningRateDecay Decay { get; init; } = LearningRateDecay.Linear;

    /// <summary>AdamW's decoupled weight decay, of matrices; norms and biases do not decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Largest norm of the gradient, to which it is scaled down.</summary>
    public double GradientClip { get; init; } = 1;

    internal void Validate(int steps)
    {
        Require.Data(RunRecipe.IsPositive(EmbeddingLearningRate) && RunRecipe.IsPositive(LayerLearningRate),
            "optimizer.embedding_learning_rate and layer_learning_rate must be finite and above zero");
        Require.Data(WarmupSteps >= 0 && WarmupSteps < steps,
            $"optimizer.warmup_steps must be at least 0 and below steps: it is {WarmupSteps} of {steps}");
        Require.Data(RunRecipe.IsNotNegative(WeightDecay),
            "optimizer.weight_decay must be finite and not negative");
        Require.Data(RunRecipe.IsPositive(GradientClip), "optimizer.gradient_clip must be finite and above zero");
    }
}

/// <summary>How learning rates fall after the warm-up, in either case to zero.</summary>
public enum LearningRateDecay
{
    /// <summary>In a straight line.</summary>
    [JsonStringEnumMemberName("linear")]
    Linear,

    /// <summary>As half a wave of a cosine (Loshchilov and Hutter, SGDR, arXiv 1608.03983).</summary>
    [JsonStringEnumMemberName("cosine")]
    Cosine,
}
