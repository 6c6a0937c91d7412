namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// In what a family of causal LMs differs from Llama, and what Hugging Face takes where its <c>config.json</c> is
/// silent.
/// </summary>
/// <param name="ModelType">The family's <c>model_type</c>.</param>
/// <param name="Architecture">Its entry in <c>architectures</c>.</param>
internal sealed record ModelFamily(string ModelType, string Architecture)
{
    /// <summary>The families that are supported.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new("llama", "LlamaForCausalLM")
        {
            HasFeedForwardBiases = true,
        },
        new("mistral", "MistralForCausalLM")
        {
            KeyValueHeads = 8,
            MaxPositions = 131_072,
            Biases = BiasRule.None,
            Windows = WindowRule.EveryLayer,
        },
        new("qwen2", "Qwen2ForCausalLM")
        {
            KeyValueHeads = 32,
            MaxPositions = 32_768,
            Biases = BiasRule.QueriesKeysValues,
            Windows = WindowRule.UpperLayers,
        },
        new("qwen3", "Qwen3ForCausalLM")
        {
            KeyValueHeads = 32,
            HeadDim = 128,
            MaxPositions = 32_768,
            HasQueryKeyNorms = true,
            Windows = WindowRule.UpperLayers,
        },
    ];

    /// <summary>Where biases are in attention.</summary>
    public BiasRule Biases { get; init; } = BiasRule.AsTheConfigurationSays;

    /// <summary>Whether <c>mlp_bias</c> may ask for biases in the feed-forward layers.</summary>
    public bool HasFeedForwardBiases { get; init; }

    /// <summary>Whether each head's queries and keys are normed before they are turned.</summary>
    public bool HasQueryKeyNorms { get; init; }

    /// <summary>Which layers see a window of positions.</summary>
    public WindowRule Windows { get; init; } = WindowRule.None;

    /// <summary>Usual number of key and value heads; null: as many as query heads.</summary>
    public int? KeyValueHeads { get; init; }

    /// <summary>Usual width of a head; null: hidden size / heads.</summary>
    public int? HeadDim { get; init; }

    /// <summary>Usual window of the model.</summary>
    public int MaxPositions { get; init; } = 2048;

    /// <summary>Where attention has biases.</summary>
    public enum BiasRule
    {
        /// <summary>Nowhere.</summary>
        None,

        /// <summary>Everywhere or nowhere, as <c>attention_bias</c> says.</summary>
        AsTheConfigurationSays,

        /// <summary>In the query, key and value projections.</summary>
        QueriesKeysValues,
    }

    /// <summary>Which layers see a window of <c>sliding_window</c> positions.</summary>
    public enum WindowRule
    {
        /// <summary>None.</summary>
        None,

        /// <summary>All, where there is a window.</summary>
        EveryLayer,

        /// <summary>Those from <c>max_window_layers</c> on, where <c>use_sliding_window</c> is true.</summary>
        UpperLayers,
    }
}
