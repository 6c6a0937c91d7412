namespace LuceneLsr.Torch.Configs;

/// <summary>The names of modules in the Hugging Face checkpoints of a model family.</summary>
internal sealed record ModuleNames
{
    /// <summary>Gets the name of the module below the head.</summary>
    public required string Backbone { get; init; }

    /// <summary>Gets the name of the input embeddings.</summary>
    public required string Embeddings { get; init; }

    /// <summary>
    /// Gets the name of the module below the layers: the embeddings, with positions and norm where a family has them.
    /// </summary>
    public string Input => GetParent(Embeddings) is var parent && parent == Backbone ? Embeddings : parent;

    /// <summary>Gets the name of the list of layers.</summary>
    public required string Layers { get; init; }

    /// <summary>Gets the last parts of the names of projections whose output is added to the residual stream.</summary>
    public required IReadOnlyList<string> ResidualProjections { get; init; }

    /// <summary>Gets the name of the head. It has no weights of its own if it shares the embeddings.</summary>
    public required string Head { get; init; }

    /// <summary>Gets the name of the module that has the head's bias.</summary>
    public required string HeadBiasOwner { get; init; }

    /// <summary>Gets the name of the head's bias.</summary>
    public string HeadBias => $"{HeadBiasOwner}.bias";

    /// <summary>
    /// Returns whether a parameter is the weight of a projection whose output is added to the residual stream.
    /// </summary>
    public bool IsResidualProjection(string parameter) => ResidualProjections.Any(projection =>
        parameter.EndsWith($"{projection}.weight", StringComparison.Ordinal));

    /// <summary>Returns whether a module or parameter belongs to <see cref="Input"/>.</summary>
    public bool IsInInput(string name) => name.StartsWith($"{Input}.", StringComparison.Ordinal);

    /// <summary>Returns whether a module or parameter belongs to a layer.</summary>
    public bool IsInLayer(string name) => name.StartsWith($"{Layers}.", StringComparison.Ordinal);

    /// <summary>Gets the name of a layer, counted from 0.</summary>
    public string GetLayer(int index) => $"{Layers}.{index}";

    private static string GetParent(string name) => name[..name.LastIndexOf('.')];
}
