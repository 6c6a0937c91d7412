namespace LuceneLsr;

/// <summary>
/// Turns texts into sparse vectors over index terms. Implementations are safe to call from several threads.
/// </summary>
public interface ISparseEncoder : IDisposable
{
    /// <summary>
    /// Names the term space: vectors of encoders with equal ids can be compared, all others cannot.
    /// An index remembers the id of the encoder that filled it (<c>LsrIndexStamp</c> in LuceneLsr).
    /// </summary>
    string VocabularyId { get; }

    /// <summary>Encodes a batch.</summary>
    /// <param name="texts">The texts. An empty or blank text gives <see cref="SparseVector.Empty"/>.</param>
    /// <param name="side">The side on which all these texts stand.</param>
    /// <param name="cancellationToken">Checked at least between two internal batches.</param>
    /// <returns>One vector a text, in the order of <paramref name="texts"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default);

    /// <summary>
    /// Encodes windows of texts, each as <see cref="Encode"/> does, as they are enumerated. An encoder may be ahead in
    /// reading the windows, on another thread.
    /// </summary>
    /// <param name="chunks">The windows.</param>
    /// <param name="textOf">The text of an element; called on the thread that reads the windows.</param>
    /// <param name="side">The side on which all these texts stand.</param>
    /// <param name="cancellationToken">Checked at least between two internal batches.</param>
    /// <returns>Each window, and the vector of each of its elements.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IEnumerable<(IReadOnlyList<T> Chunk, IReadOnlyList<SparseVector> Vectors)> EncodeChunks<T>(
        IEnumerable<IReadOnlyList<T>> chunks, Func<T, string> textOf, TextSide side,
        CancellationToken cancellationToken = default) =>
        chunks.Select(chunk => (chunk, Encode([.. chunk.Select(textOf)], side, cancellationToken)));
}

/// <summary>Conveniences over <see cref="ISparseEncoder"/>.</summary>
public static class SparseEncoderExtensions
{
    /// <summary>Encodes one text.</summary>
    public static SparseVector Encode(
        this ISparseEncoder encoder, string text, TextSide side, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return encoder.Encode([text], side, cancellationToken)[0];
    }
}
