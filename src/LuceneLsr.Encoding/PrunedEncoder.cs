namespace LuceneLsr.Encoding;

/// <summary>Another encoder's vectors, pruned.</summary>
/// <param name="encoder">The encoder; disposed with this one.</param>
/// <param name="pruning">What is kept on each side.</param>
public sealed class PrunedEncoder(ISparseEncoder encoder, PerSide<VectorPruning> pruning) : ISparseEncoder
{
    /// <summary>The other encoder's: pruned and whole vectors can be compared.</summary>
    public string VocabularyId => encoder.VocabularyId;

    /// <inheritdoc/>
    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
        [.. encoder.Encode(texts, side, cancellationToken).Select(pruning[side].Apply)];

    /// <inheritdoc/>
    public void Dispose() => encoder.Dispose();
}
