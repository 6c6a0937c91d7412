namespace LuceneLsr;

/// <summary>An encoder that also finds which words of a text produced the terms of its vector.</summary>
public interface ISourceEncoder : ISparseEncoder
{
    /// <summary>
    /// Encodes texts and finds the source of each term. The vectors are those of <see cref="ISparseEncoder.Encode"/>.
    /// </summary>
    /// <param name="texts">The texts. An empty or blank text yields <see cref="SourcedVector.Empty"/>.</param>
    /// <param name="side">The side of all these texts.</param>
    /// <param name="cancellationToken">Checked at least between batches.</param>
    /// <returns>One vector with its sources per text, in the order of <paramref name="texts"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    IReadOnlyList<SourcedVector> EncodeWithSources(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default);
}
