namespace LuceneLsr.Http;

/// <summary>What an <see cref="HttpSparseEncoder"/> has to know about its server.</summary>
public sealed record HttpEncoderOptions
{
    /// <summary>
    /// Gets the id of the server's term space, see <see cref="ISparseEncoder.VocabularyId"/>. Any name serves that
    /// changes with the model; <c>lsr-serve</c> shows its own at <c>/info</c>.
    /// </summary>
    public required string VocabularyId { get; init; }

    /// <summary>
    /// Gets the identity of the server's encoder, see <see cref="ISparseEncoder.Identity"/>, or null, the default, if
    /// it is unknown. <c>lsr-serve</c> shows its own at <c>/info</c>.
    /// </summary>
    public EncoderIdentity? Identity { get; init; }

    /// <summary>
    /// Gets the function that returns the term of a token id, or null if the token is no term. Text Embeddings
    /// Inference answers with ids, so it needs one. It is not called for terms that the server names, as
    /// <c>lsr-serve</c> does.
    /// </summary>
    public Func<int, string?>? GetTerm { get; init; }

    /// <summary>Gets the path of the endpoint, relative to the client's base address.</summary>
    public string Path { get; init; } = "embed_sparse";

    /// <summary>
    /// Gets the maximum number of texts per request. Text Embeddings Inference refuses more than 32 by default.
    /// </summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// Gets the maximum size of the texts of a request in bytes of UTF-8. A longer text is sent alone. The default
    /// suits servers that refuse more than 2 MB.
    /// </summary>
    public int BatchSizeInBytes { get; init; } = 1_000_000;

    /// <summary>
    /// Gets the prompt name of each side, or null for none. <c>lsr-serve</c> understands "query" and "document".
    /// </summary>
    public PerSide<string?> PromptNames { get; init; } = PerSide.Both<string?>(null);
}
