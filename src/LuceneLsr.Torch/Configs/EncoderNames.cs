using LuceneLsr.Torch.Modules;

namespace LuceneLsr.Torch.Configs;

/// <summary>The names of modules in the Hugging Face checkpoints of a family of masked LMs.</summary>
/// <param name="Shared">The names that all models have.</param>
internal sealed record EncoderNames(ModuleNames Shared)
{
    /// <summary>Gets the name of the position embeddings.</summary>
    public string PositionEmbeddings => $"{Shared.Backbone}.embeddings.position_embeddings";

    /// <summary>Gets the name of the token type embeddings.</summary>
    public string TokenTypeEmbeddings => $"{Shared.Backbone}.embeddings.token_type_embeddings";

    /// <summary>Gets the name of the norm of the embeddings.</summary>
    public string EmbeddingNorm => $"{Shared.Backbone}.embeddings.LayerNorm";

    /// <summary>The name of attention in a layer.</summary>
    public const string AttentionModule = "attention";

    /// <summary>Gets the names of the projections in a layer's attention.</summary>
    public AttentionNames Attention { get; init; } = new("self.query", "self.key", "self.value", "output.dense");

    /// <summary>Gets the name of the norm after attention in a layer.</summary>
    public string AttentionNorm { get; init; } = "attention.output.LayerNorm";

    /// <summary>Gets the name of the first feed-forward projection in a layer.</summary>
    public string Up { get; init; } = "intermediate.dense";

    /// <summary>Gets the name of the second feed-forward projection in a layer.</summary>
    public string Down { get; init; } = "output.dense";

    /// <summary>Gets the name of the norm after the feed-forward projections in a layer.</summary>
    public string OutputNorm { get; init; } = "output.LayerNorm";

    /// <summary>Gets the name of the dense layer of the head's transform.</summary>
    public required string TransformDense { get; init; }

    /// <summary>Gets the name of the norm of the head's transform.</summary>
    public required string TransformNorm { get; init; }
}
