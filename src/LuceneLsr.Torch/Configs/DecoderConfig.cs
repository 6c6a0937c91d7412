using System.Text.Json.Nodes;

namespace LuceneLsr.Torch.Configs;

/// <summary>
/// The shape of a causal LM of the Llama, Mistral, Qwen 2 or Qwen 3 family, as in a Hugging Face <c>config.json</c>.
/// </summary>
public sealed record DecoderConfig : ModelConfig
{
    /// <inheritdoc/>
    public override string ModelType { get; init; } = DecoderFamily.All[0].ModelType;

    /// <summary>Gets the number of key and value heads. Each serves a group of query heads.</summary>
    public required int NumKeyValueHeads { get; init; }

    /// <summary>Gets the width of one head.</summary>
    public required int HeadDim { get; init; }

    /// <summary>Gets the epsilon of RMSNorm.</summary>
    public required double RmsNormEps { get; init; }

    /// <summary>Gets the base of the rotary frequencies.</summary>
    public required double RopeTheta { get; init; }

    /// <summary>Gets the scaling of the rotary frequencies, or null for none.</summary>
    public RopeScaling? RopeScaling { get; init; }

    /// <summary>Gets whether the query, key and value projections have biases.</summary>
    public bool QueryKeyValueBias { get; init; }

    /// <summary>Gets whether the output projection of attention has a bias.</summary>
    public bool AttentionOutputBias { get; init; }

    /// <summary>Gets whether the projections of the feed-forward layers have biases.</summary>
    public bool FeedForwardBias { get; init; }

    /// <summary>Gets whether each head's queries and keys are normalized before rotation (Qwen 3).</summary>
    public bool QueryKeyNorm { get; init; }

    /// <summary>
    /// Gets the number of positions that a layer with sliding-window attention sees, including the token's own: under
    /// the causal mask those before it, in a bidirectional pass as many on both sides. Null means all positions.
    /// </summary>
    public int? SlidingWindow { get; init; }

    /// <summary>Gets the first layer with sliding-window attention. The layers before it see all positions.</summary>
    public int FirstSlidingWindowLayer { get; init; }

    /// <summary>Returns whether a layer uses sliding-window attention.</summary>
    internal bool UsesSlidingWindow(int layer) => SlidingWindow is not null && layer >= FirstSlidingWindowLayer;

    /// <summary>
    /// Computes the rotary frequency of each pair of dimensions of a head, with scaling, [headDim / 2], in radians per
    /// position.
    /// </summary>
    internal IEnumerable<double> ComputeRotaryFrequencies() => Enumerable.Range(0, HeadDim / 2)
        .Select(pair => Math.Pow(RopeTheta, -2.0 * pair / HeadDim))
        .Select(frequency => RopeScaling?.Scale(frequency) ?? frequency);

    /// <inheritdoc/>
    internal override string AutoClass => "AutoModelForCausalLM";

    /// <inheritdoc/>
    internal override string? PeftTask => "CAUSAL_LM";

    /// <inheritdoc/>
    internal override ModuleNames Names => DecoderFamily.Names;

    /// <inheritdoc/>
    internal override JsonObject ToJson() => DecoderConfigWriter.Write(this);
}
