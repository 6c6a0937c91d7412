namespace LuceneLsr.Torch.Modules;

/// <summary>The shape of a <see cref="SelfAttention"/> layer.</summary>
internal sealed record AttentionOptions
{
    /// <summary>Gets the names of the projections in the layer.</summary>
    public AttentionNames Names { get; init; } = new("q_proj", "k_proj", "v_proj", "o_proj");

    /// <summary>Gets the width of the layer's inputs and outputs.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Gets the number of query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Gets the number of key and value heads. Each serves a group of query heads.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Gets the width of one head.</summary>
    public required int HeadDim { get; init; }

    /// <summary>Gets whether the query, key and value projections have biases.</summary>
    public required bool QueryKeyValueBias { get; init; }

    /// <summary>Gets whether the output projection has a bias.</summary>
    public required bool OutputBias { get; init; }

    /// <summary>Gets the epsilon of the norms of each head's queries and keys, or null if there are none.</summary>
    public required double? QueryKeyNormEps { get; init; }

    /// <summary>Gets whether the layer attends to a sliding window only.</summary>
    public required bool UsesSlidingWindow { get; init; }
}
