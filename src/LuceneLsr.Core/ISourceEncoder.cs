namespace LuceneLsr;

/// <summary>An encoder that also finds which words of a text produced the terms of its vector.</summary>
public interface ISourceEncoder : ISparseEncoder
{
    /// <summary>
    /// Returns why the words that produced the terms of a side cannot be found and what to do about it, or null if they
    /// can. If they cannot, the sources of terms that the text contains are their first occurrences, and expansion terms
    /// have none.
    /// </summary>
    string? FindSourceProblem(TextSide side);

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
