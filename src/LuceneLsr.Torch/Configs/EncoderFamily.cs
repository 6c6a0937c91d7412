namespace LuceneLsr.Torch.Configs;

/// <summary>How a family of masked LMs differs from BERT.</summary>
/// <param name="ModelType">The family's <c>model_type</c>.</param>
/// <param name="ClassPrefix">The start of the names of its classes in Hugging Face's transformers.</param>
/// <param name="Names">The names of the modules.</param>
internal sealed record EncoderFamily(string ModelType, string ClassPrefix, EncoderNames Names)
{
    /// <summary>Gets the supported families.</summary>
    public static IReadOnlyList<EncoderFamily> All { get; } =
    [
        new("bert", "Bert", CreateBertNames()),
        new("distilbert", "DistilBert", CreateDistilBertNames())
        {
            HasTokenTypes = false,
            FixedLayerNormEps = 1e-12,
            HiddenSizeField = "dim",
            LayersField = "n_layers",
            HeadsField = "n_heads",
            IntermediateSizeField = "hidden_dim",
            ActivationField = "activation",
        },
        new("roberta", "Roberta", CreateRobertaNames()) { CountsPositionsFromPadding = true },
        new("xlm-roberta", "XLMRoberta", CreateRobertaNames()) { CountsPositionsFromPadding = true },
    ];

    /// <summary>Gets the entry in <c>architectures</c> of a model with a masked-LM head.</summary>
    public string MaskedLmArchitecture => $"{ClassPrefix}ForMaskedLM";

    /// <summary>Gets the entry of a model with the heads of pretraining, one of which is a masked-LM head.</summary>
    public string PretrainingArchitecture => $"{ClassPrefix}ForPreTraining";

    /// <summary>Gets the entry of a model without a head.</summary>
    public string BackboneArchitecture => $"{ClassPrefix}Model";

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
        const string Predictions = "cls.predictions", Transform = $"{Predictions}.transform";
        return new EncoderNames(CreateSharedNames("bert", $"{Predictions}.decoder", Predictions))
        {
            TransformDense = $"{Transform}.dense",
            TransformNorm = $"{Transform}.LayerNorm",
        };
    }

    private static EncoderNames CreateDistilBertNames()
    {
        const string Prefix = "distilbert", Head = "vocab_projector";
        var shared = CreateSharedNames(Prefix, Head, headBiasOwner: Head) with
        {
            Layers = $"{Prefix}.transformer.layer",
            ResidualProjections = ["out_lin", "lin2"],
        };
        return new EncoderNames(shared)
        {
            Attention = new("q_lin", "k_lin", "v_lin", "out_lin"),
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
        const string Head = "lm_head";
        return new EncoderNames(CreateSharedNames("roberta", $"{Head}.decoder", Head))
        {
            TransformDense = $"{Head}.dense",
            TransformNorm = $"{Head}.layer_norm",
        };
    }

    private static ModuleNames CreateSharedNames(string prefix, string head, string headBiasOwner) => new()
    {
        Backbone = prefix,
        Embeddings = $"{prefix}.embeddings.word_embeddings",
        Layers = $"{prefix}.encoder.layer",
        ResidualProjections = ["output.dense"],
        Head = head,
        HeadBiasOwner = headBiasOwner,
    };
}
