namespace LuceneLsr.Encoding;

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
