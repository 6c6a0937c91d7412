namespace LuceneLsr.Torch.Configs;

/// <summary>How a family of masked LMs differs from BERT.</summary>
/// <param name="ModelType">The family's <c>model_type</c>.</param>
/// <param name="Architecture">The entry in <c>architectures</c> of a model with its masked-LM head.</param>
/// <param name="Names">The names of the modules.</param>
internal sealed record EncoderFamily(string ModelType, string Architecture, EncoderNames Names)
{
    /// <summary>Gets the supported families.</summary>
    public static IReadOnlyList<EncoderFamily> All { get; } =
    [
        new("bert", "BertForMaskedLM", CreateBertNames()),
        new("distilbert", "DistilBertForMaskedLM", CreateDistilBertNames())
        {
            HasTokenTypes = false,
            FixedLayerNormEps = 1e-12,
            HiddenSizeField = "dim",
            LayersField = "n_layers",
            HeadsField = "n_heads",
            IntermediateSizeField = "hidden_dim",
            ActivationField = "activation",
        },
        new("roberta", "RobertaForMaskedLM", CreateRobertaNames()) { CountsPositionsFromPadding = true },
        new("xlm-roberta", "XLMRobertaForMaskedLM", CreateRobertaNames()) { CountsPositionsFromPadding = true },
    ];

    /// <summary>Gets whether the embeddings include a token type.</summary>
    public bool HasTokenTypes { get; init; } = true;

    /// <summary>Gets whether positions start at the padding token's id plus one.</summary>
    public bool CountsPositionsFromPadding { get; init; }

    /// <summary>Gets the epsilon of LayerNorm if no field gives it.</summary>
    public double? FixedLayerNormEps { get; init; }

    /// <summary>Gets the field of the hidden size.</summary>
    public string HiddenSizeField { get; init; } = "hidden_size";

    /// <summary>Gets the field of the number of layers.</summary>
    public string LayersField { get; init; } = "num_hidden_layers";

    /// <summary>Gets the field of the number of attention heads.</summary>
    public string HeadsField { get; init; } = "num_attention_heads";

    /// <summary>Gets the field of the feed-forward size.</summary>
    public string IntermediateSizeField { get; init; } = "intermediate_size";

    /// <summary>Gets the field of the activation function.</summary>
    public string ActivationField { get; init; } = "hidden_act";

    private static EncoderNames CreateBertNames()
    {
        const string Prefix = "bert", Predictions = "cls.predictions";
        return new EncoderNames(new ModuleNames
        {
            Backbone = Prefix,
            Embeddings = $"{Prefix}.embeddings.word_embeddings",
            Layers = $"{Prefix}.encoder.layer",
            ResidualProjections = ["output.dense"],
            Head = $"{Predictions}.decoder",
            HeadBiasOwner = Predictions,
        })
        {
            TransformDense = $"{Predictions}.transform.dense",
            TransformNorm = $"{Predictions}.transform.LayerNorm",
        };
    }

    private static EncoderNames CreateDistilBertNames()
    {
        const string Prefix = "distilbert";
        return new EncoderNames(new ModuleNames
        {
            Backbone = Prefix,
            Embeddings = $"{Prefix}.embeddings.word_embeddings",
            Layers = $"{Prefix}.transformer.layer",
            ResidualProjections = ["out_lin", "lin2"],
            Head = "vocab_projector",
            HeadBiasOwner = "vocab_projector",
        })
        {
            Attention = new("attention.q_lin", "attention.k_lin", "attention.v_lin", "attention.out_lin"),
            AttentionNorm = "sa_layer_norm",
            Up = "ffn.lin1",
            Down = "ffn.lin2",
            OutputNorm = "output_layer_norm",
            TransformDense = "vocab_transform",
            TransformNorm = "vocab_layer_norm",
        };
    }

    private static EncoderNames CreateRobertaNames()
    {
        const string Prefix = "roberta", Head = "lm_head";
        return new EncoderNames(new ModuleNames
        {
            Backbone = Prefix,
            Embeddings = $"{Prefix}.embeddings.word_embeddings",
            Layers = $"{Prefix}.encoder.layer",
            ResidualProjections = ["output.dense"],
            Head = $"{Head}.decoder",
            HeadBiasOwner = Head,
        })
        {
            TransformDense = $"{Head}.dense",
            TransformNorm = $"{Head}.layer_norm",
        };
    }
}
