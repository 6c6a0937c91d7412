namespace LuceneLsr;

/// <summary>Prunes the vectors of another encoder.</summary>
public sealed class PrunedEncoder : ISparseEncoder
{
    private readonly ISparseEncoder _encoder;
    private readonly PerSide<VectorPruning> _pruning;

    /// <summary>Creates the encoder.</summary>
    /// <param name="encoder">The inner encoder. It is disposed together with this encoder.</param>
    /// <param name="pruning">The pruning of each side.</param>
    public PrunedEncoder(ISparseEncoder encoder, PerSide<VectorPruning> pruning)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(pruning);
        (_encoder, _pruning) = (encoder, pruning);
    }

    /// <summary>Gets the id of the inner encoder, because pruned and full vectors can be compared.</summary>
    public string VocabularyId => _encoder.VocabularyId;

    /// <summary>Gets the identity of the inner encoder.</summary>
    public EncoderIdentity? Identity => _encoder.Identity;

    /// <inheritdoc/>
    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
        Prune(_encoder.Encode(texts, side, cancellationToken), side);

    /// <inheritdoc/>
    public IEnumerable<(IReadOnlyList<T> Chunk, IReadOnlyList<SparseVector> Vectors)> EncodeChunks<T>(
        IEnumerable<IReadOnlyList<T>> chunks, Func<T, string> textOf, TextSide side,
        CancellationToken cancellationToken = default) =>
        _encoder.EncodeChunks(chunks, textOf, side, cancellationToken)
            .Select(encoded => (encoded.Chunk, Prune(encoded.Vectors, side)));

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();

    private IReadOnlyList<SparseVector> Prune(IReadOnlyList<SparseVector> vectors, TextSide side) =>
        [.. vectors.Select(_pruning[side].Apply)];
}
