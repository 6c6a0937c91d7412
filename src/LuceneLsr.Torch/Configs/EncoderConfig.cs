using System.Text.Json.Nodes;

namespace LuceneLsr.Torch.Configs;

/// <summary>
/// The shape of a masked LM of the BERT, DistilBERT, RoBERTa or XLM-RoBERTa family, as in a Hugging Face
/// <c>config.json</c>.
/// </summary>
public sealed record EncoderConfig : ModelConfig
{
    /// <summary>The field of <see cref="HeadTransform"/>.</summary>
    internal const string HeadTransformField = "head_transform";

    /// <inheritdoc/>
    public override string ModelType { get; init; } = EncoderFamily.All[0].ModelType;

    /// <summary>Gets the epsilon of LayerNorm.</summary>
    public required double LayerNormEps { get; init; }

    /// <summary>Gets the number of token types, or 0 if the family has none. All texts are of type 0.</summary>
    public required int TypeVocabSize { get; init; }

    /// <summary>Gets the position of the first token. RoBERTa counts from its padding token's id plus one.</summary>
    public int PositionOffset { get; init; }

    /// <summary>
    /// Gets whether the model has a head. A backbone alone (<c>BertModel</c>) cannot weigh terms, but a sparse encoder
    /// can be created from it.
    /// </summary>
    public bool HasHead { get; init; } = true;

    /// <summary>
    /// Gets whether a dense layer, GELU and LayerNorm transform the hidden states before the head, as in masked
    /// language modeling. Not a Hugging Face field (<c>head_transform</c>).
    /// </summary>
    public required bool HeadTransform { get; init; }

    /// <inheritdoc/>
    internal override int ContextLength => MaxPositionEmbeddings - PositionOffset;

    /// <summary>Gets the model's family.</summary>
    internal EncoderFamily Family => EncoderFamily.All.Single(family => family.ModelType == ModelType);

    /// <inheritdoc/>
    internal override string AutoClass => HasHead ? "AutoModelForMaskedLM" : "AutoModel";

    /// <inheritdoc/>
    internal override string? PeftTask => null;

    /// <inheritdoc/>
    internal override ModuleNames Names => Family.Names.Shared;

    /// <inheritdoc/>
    internal override JsonObject ToJson() => EncoderConfigWriter.Write(this);

    /// <summary>Returns the configuration of the backbone alone.</summary>
    internal EncoderConfig WithoutHead() => this with
    {
        HasHead = false,
        HeadTransform = false,
        TieWordEmbeddings = true,
        OutputSize = VocabSize,
        OutputBias = false,
    };
}
