namespace LuceneLsr;

/// <summary>Encodes texts as sparse vectors over index terms. Implementations are thread-safe.</summary>
public interface ISparseEncoder : IDisposable
{
    /// <summary>
    /// Gets the id of the term space. Only vectors of encoders with equal ids can be compared. An index stores the id
    /// of the encoder that filled it (<c>LsrIndexStamp</c> in LuceneLsr).
    /// </summary>
    string VocabularyId { get; }

    /// <summary>
    /// Gets the identity of this encoder among those with the same vocabulary, or null if it has none. A wrapper returns
    /// that of its inner encoder.
    /// </summary>
    EncoderIdentity? Identity => null;

    /// <summary>Encodes texts.</summary>
    /// <param name="texts">The texts. An empty or blank text yields <see cref="SparseVector.Empty"/>.</param>
    /// <param name="side">The side of all these texts.</param>
    /// <param name="cancellationToken">Checked at least between batches.</param>
    /// <returns>One vector per text, in the order of <paramref name="texts"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default);

    /// <summary>
    /// Encodes chunks lazily, each like a call of <see cref="Encode"/>. Implementations may read chunks ahead on
    /// another thread.
    /// </summary>
    /// <param name="chunks">The chunks. The elements of a chunk are encoded together.</param>
    /// <param name="textOf">Gets the text of an element. It is called on the thread that reads the chunks.</param>
    /// <param name="side">The side of all these texts.</param>
    /// <param name="cancellationToken">Checked at least between batches.</param>
    /// <returns>Each chunk with one vector per element.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    IEnumerable<(IReadOnlyList<T> Chunk, IReadOnlyList<SparseVector> Vectors)> EncodeChunks<T>(
        IEnumerable<IReadOnlyList<T>> chunks, Func<T, string> textOf, TextSide side,
        CancellationToken cancellationToken = default) =>
        chunks.Select(chunk => (chunk, Encode([.. chunk.Select(textOf)], side, cancellationToken)));
}
