using Lucene.Net.Index;

namespace LuceneLsr.Search;

/// <summary>
/// Query weights counted in an index, for an <c>InferenceFreeQueryEncoder</c> of a checkpoint without learned
/// ones.
/// </summary>
public static class IdfWeights
{
    /// <summary>
    /// The weight log(1 + idf) of each term, with BM25's idf = ln(1 + (N - df + 0.5) / (df + 0.5)) over the N documents
    /// that have the field. A learned document's weights already tell rare terms from frequent ones, so the query's
    /// saturate as theirs do; they are then of the size of whole-word weights, too.
    /// </summary>
    /// <remarks>
    /// <para>The weights are those of the reader's point in time, deleted documents included that are not merged away.
    /// They age slowly; take them anew, with the same term space, when the collection has changed much.</para>
    /// <para>Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; the 1 in the
    /// logarithm is Lucene's (BM25Similarity).</para>
    /// </remarks>
    /// <param name="reader">The index.</param>
    /// <param name="field">The field that holds the impacts.</param>
    /// <param name="terms">The checkpoint's terms; duplicates count once.</param>
    /// <returns>The weight of each term, for <c>QueryWeights</c>.</returns>
    /// <exception cref="ArgumentException">No document has the field.</exception>
    public static IReadOnlyList<TermWeight> Compute(IndexReader reader, string field, IEnumerable<string> terms)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(terms);
        var documents = reader.GetDocCount(field);
        return documents > 0
            ? [.. terms.Distinct(StringComparer.Ordinal).Select(
                term => new TermWeight(term, Weight(reader.DocFreq(new Term(field, term)), documents)))]
            : throw new ArgumentException(
                $"No document has a term in field '{field}', so no IDF can be counted: name the field that holds the "
                + "impacts, or index documents first.",
                nameof(field));
    }

    private static float Weight(int documentFrequency, int documents) =>
        (float)Math.Log(1 + Math.Log(1 + ((documents - documentFrequency + 0.5) / (documentFrequency + 0.5))));
}
