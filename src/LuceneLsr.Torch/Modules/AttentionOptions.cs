namespace LuceneLsr.Torch.Modules;

/// <summary>The shape of a <see cref="SelfAttention"/> layer.</summary>
internal sealed record AttentionOptions
{
    /// <summary>The width of the layer's inputs and outputs.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The number of query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>The number of key and value heads. Each serves a group of query heads.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>The width of one head.</summary>
    public required int HeadDim { get; init; }

    /// <summary>Whether the query, key and value projections have biases.</summary>
    public required bool QueryKeyValueBias { get; init; }

    /// <summary>Whether the output projection has a bias.</summary>
    public required bool OutputBias { get; init; }

    /// <summary>The epsilon of the norms of each head's queries and keys, or null if there are none.</summary>
    public required double? QueryKeyNormEps { get; init; }

    /// <summary>Whether the layer attends to a sliding window only.</summary>
    public required bool UsesSlidingWindow { get; init; }
}
