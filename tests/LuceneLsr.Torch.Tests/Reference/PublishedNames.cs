namespace LuceneLsr.Torch.Tests.Reference;

/// <summary>
/// The names of tensors in published checkpoints of masked LMs, copied from the files of bert-base-uncased,
/// distilbert-base-uncased, roberta-base and xlm-roberta-base.
/// </summary>
internal sealed record PublishedNames
{
    /// <summary>Gets the names of each family by its <c>model_type</c>.</summary>
    public static IReadOnlyDictionary<string, PublishedNames> Families { get; } = CreateFamilies();

    public required string Words { get; init; }

    public required string Positions { get; init; }

    /// <summary>Gets the name of the token type embeddings, or null if the family has none.</summary>
    public required string? TokenTypes { get; init; }

    public required string EmbeddingNorm { get; init; }

    /// <summary>Gets the prefix of a layer's tensors, in which "#" is the layer.</summary>
    public required string Layer { get; init; }

    public required string Query { get; init; }

    public required string Key { get; init; }

    public required string Value { get; init; }

    public required string AttentionOutput { get; init; }

    public required string AttentionNorm { get; init; }

    public required string Up { get; init; }

    public required string Down { get; init; }

    public required string OutputNorm { get; init; }

    public required string TransformDense { get; init; }

    public required string TransformNorm { get; init; }

    public required string Head { get; init; }

    public required string HeadBias { get; init; }

    /// <summary>Gets a name in a layer.</summary>
    public string InLayer(int layer, string name) => Layer.Replace("#", $"{layer}", StringComparison.Ordinal) + name;

    private static Dictionary<string, PublishedNames> CreateFamilies()
    {
        var bert = new PublishedNames
        {
            Words = "bert.embeddings.word_embeddings.weight",
            Positions = "bert.embeddings.position_embeddings.weight",
            TokenTypes = "bert.embeddings.token_type_embeddings.weight",
            EmbeddingNorm = "bert.embeddings.LayerNorm",
            Layer = "bert.encoder.layer.#.",
            Query = "attention.self.query",
            Key = "attention.self.key",
            Value = "attention.self.value",
            AttentionOutput = "attention.output.dense",
            AttentionNorm = "attention.output.LayerNorm",
            Up = "intermediate.dense",
            Down = "output.dense",
            OutputNorm = "output.LayerNorm",
            TransformDense = "cls.predictions.transform.dense",
            TransformNorm = "cls.predictions.transform.LayerNorm",
            Head = "cls.predictions.decoder",
            HeadBias = "cls.predictions.bias",
        };
        var roberta = bert with
        {
            Words = "roberta.embeddings.word_embeddings.weight",
            Positions = "roberta.embeddings.position_embeddings.weight",
            TokenTypes = "roberta.embeddings.token_type_embeddings.weight",
            EmbeddingNorm = "roberta.embeddings.LayerNorm",
            Layer = "roberta.encoder.layer.#.",
            TransformDense = "lm_head.dense",
            TransformNorm = "lm_head.layer_norm",
            Head = "lm_head.decoder",
            HeadBias = "lm_head.bias",
        };
        var distilBert = new PublishedNames
        {
            Words = "distilbert.embeddings.word_embeddings.weight",
            Positions = "distilbert.embeddings.position_embeddings.weight",
            TokenTypes = null,
            EmbeddingNorm = "distilbert.embeddings.LayerNorm",
            Layer = "distilbert.transformer.layer.#.",
            Query = "attention.q_lin",
            Key = "attention.k_lin",
            Value = "attention.v_lin",
            AttentionOutput = "attention.out_lin",
            AttentionNorm = "sa_layer_norm",
            Up = "ffn.lin1",
            Down = "ffn.lin2",
            OutputNorm = "output_layer_norm",
            TransformDense = "vocab_transform",
            TransformNorm = "vocab_layer_norm",
            Head = "vocab_projector",
            HeadBias = "vocab_projector.bias",
        };
        return new(StringComparer.Ordinal)
        {
            ["bert"] = bert,
            ["distilbert"] = distilBert,
            ["roberta"] = roberta,
            ["xlm-roberta"] = roberta,
        };
    }
}
