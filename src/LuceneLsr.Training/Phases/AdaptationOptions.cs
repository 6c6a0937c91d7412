namespace LuceneLsr.Training.Phases;

/// <summary>How an adaptation runs.</summary>
public sealed record AdaptationOptions
{
    /// <summary>Optimizer steps.</summary>
    public int Steps { get; init; } = 300;

    /// <summary>Sequences a step.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Tokens a sequence; texts are packed end to end.</summary>
    public int SequenceLength { get; init; } = 128;

    /// <summary>Peak learning rate of embeddings and head.</summary>
    public double EmbeddingLearningRate { get; init; } = 3e-4;

    /// <summary>Peak learning rate of the layers.</summary>
    public double LayerLearningRate { get; init; } = 6e-4;

    /// <summary>Share of the steps that the linear warm-up takes, as in the paper.</summary>
    public double WarmupShare { get; init; } = 0.1;

    /// <summary>Largest norm of the gradient.</summary>
    public double GradientClip { get; init; } = 1;
}
