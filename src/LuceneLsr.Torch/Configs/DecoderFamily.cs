namespace LuceneLsr.Torch.Configs;

/// <summary>
/// How a family of causal LMs differs from Llama, and Hugging Face's defaults for fields that its <c>config.json</c>
/// omits.
/// </summary>
/// <param name="ModelType">The family's <c>model_type</c>.</param>
/// <param name="Architecture">Its entry in <c>architectures</c>.</param>
internal sealed record DecoderFamily(string ModelType, string Architecture)
{
    /// <summary>Gets the supported families.</summary>
    public static IReadOnlyList<DecoderFamily> All { get; } =
    [
        new("llama", "LlamaForCausalLM")
        {
            HasFeedForwardBiases = true,
        },
        new("mistral", "MistralForCausalLM")
        {
            DefaultKeyValueHeads = 8,
            DefaultContextLength = 131_072,
            Biases = BiasRule.None,
            SlidingWindow = SlidingWindowRule.AllLayers,
        },
        new("qwen2", "Qwen2ForCausalLM")
        {
            DefaultKeyValueHeads = 32,
            DefaultContextLength = 32_768,
            Biases = BiasRule.QueryKeyValue,
            SlidingWindow = SlidingWindowRule.UpperLayers,
        },
        new("qwen3", "Qwen3ForCausalLM")
        {
            DefaultKeyValueHeads = 32,
            DefaultHeadDim = 128,
            DefaultContextLength = 32_768,
            HasQueryKeyNorms = true,
            SlidingWindow = SlidingWindowRule.UpperLayers,
        },
    ];

    /// <summary>Gets the module names, which the families share.</summary>
    public static ModuleNames Names { get; } = new()
    {
        Backbone = "model",
        Embeddings = "model.embed_tokens",
        Layers = "model.layers",
        ResidualProjections = ["o_proj", "down_proj"],
        Head = "lm_head",
        HeadBiasOwner = "lm_head",
    };

    /// <summary>Gets which attention projections have biases.</summary>
    public BiasRule Biases { get; init; } = BiasRule.Configurable;

    /// <summary>Gets whether <c>mlp_bias</c> can add biases to the feed-forward layers.</summary>
    public bool HasFeedForwardBiases { get; init; }

    /// <summary>Gets whether each head's queries and keys are normalized before rotation.</summary>
    public bool HasQueryKeyNorms { get; init; }

    /// <summary>Gets which layers use sliding-window attention.</summary>
    public SlidingWindowRule SlidingWindow { get; init; } = SlidingWindowRule.None;

    /// <summary>Gets the default number of key and value heads. Null means as many as query heads.</summary>
    public int? DefaultKeyValueHeads { get; init; }

    /// <summary>Gets the default width of a head. Null means hidden size / heads.</summary>
    public int? DefaultHeadDim { get; init; }

    /// <summary>Gets the default context length.</summary>
    public int DefaultContextLength { get; init; } = 2048;

    /// <summary>Which attention projections have biases.</summary>
    public enum BiasRule
    {
        /// <summary>None of them.</summary>
        None,

        /// <summary>All if <c>attention_bias</c> is true, otherwise none.</summary>
        Configurable,

        /// <summary>The query, key and value projections.</summary>
        QueryKeyValue,
    }

    /// <summary>Which layers use sliding-window attention.</summary>
    public enum SlidingWindowRule
    {
        /// <summary>No layer.</summary>
        None,

        /// <summary>All layers, unless <c>sliding_window</c> is null.</summary>
        AllLayers,

        /// <summary>The layers from <c>max_window_layers</c> on, if <c>use_sliding_window</c> is true.</summary>
        UpperLayers,
    }
}
