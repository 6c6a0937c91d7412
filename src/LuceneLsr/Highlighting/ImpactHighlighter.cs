namespace LuceneLsr.Highlighting;

/// <summary>
/// Finds the words and passages of texts that explain why they match a learned query: words that produced the terms of
/// the query, whether they equal a word of the query or not.
/// </summary>
/// <remarks>
/// The texts are encoded again, because an index does not record which word produced a term. Pass the texts of all hits of
/// a page at once, so that they share batches. Thread-safe.
/// </remarks>
public sealed class ImpactHighlighter
{
    private readonly ISourceEncoder _encoder;
    private readonly ImpactScale _scale;

    /// <summary>Creates the highlighter.</summary>
    /// <param name="encoder">The encoder of the index. The caller owns it.</param>
    /// <param name="scale">The scale of the index.</param>
    public ImpactHighlighter(ISourceEncoder encoder, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(scale);
        (_encoder, _scale) = (encoder, scale);
    }

    /// <summary>Gets how passages are found.</summary>
    public PassageOptions Options { get; init; } = new();

    /// <summary>Finds the words of a text that match a query.</summary>
    /// <param name="text">The text that was indexed.</param>
    /// <param name="query">The impacts of the query's terms (<see cref="QueryTerms.Collect"/>).</param>
    /// <param name="cancellationToken">Checked between batches.</param>
    /// <returns>The words in the order of the text.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IReadOnlyList<MatchedWord> FindWords(
        string text, SparseVector query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        return new QueryMatcher(query, _scale)
            .FindWords(_encoder.EncodeWithSources([text], TextSide.Document, cancellationToken)[0]);
    }

    /// <summary>Finds the passages of texts that match a query best.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="query">The impacts of the query's terms (<see cref="QueryTerms.Collect"/>).</param>
    /// <param name="cancellationToken">Checked between batches.</param>
    /// <returns>
    /// The passages of each text, in its order. A text that does not match has its first sentence, without words, and a
    /// blank text has none.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IReadOnlyList<IReadOnlyList<Passage>> FindPassages(
        IReadOnlyList<string> texts, SparseVector query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(query);
        var search = new PassageSearch(_encoder, new QueryMatcher(query, _scale), Options, cancellationToken);
        return Options.IsExact ? search.FindExact(texts) : search.FindInSentences(texts);
    }
}
