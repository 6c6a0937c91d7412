using Lucene.Net.Index;

namespace LuceneLsr.Search;

/// <summary>
/// Computes query weights from the statistics of an index, for an <c>InferenceFreeQueryEncoder</c> whose checkpoint has
/// no learned query weights.
/// </summary>
public static class IdfWeights
{
    /// <summary>
    /// Computes the weight ln(1 + idf) of each term, with BM25's idf = ln(1 + (N - df + 0.5) / (df + 0.5)), where N is
    /// the number of documents with the field and df the number of documents with the term. The logarithm saturates
    /// the weights, because learned document weights already distinguish rare from frequent terms.
    /// </summary>
    /// <remarks>
    /// <para>The weights reflect the state of the reader. Deleted documents count until their segments are merged.
    /// Compute the weights again, with the same term space, after the collection has changed a lot.</para>
    /// <para>Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009. The 1
    /// inside idf's logarithm is that of Lucene's BM25Similarity.</para>
    /// </remarks>
    /// <param name="reader">The index reader.</param>
    /// <param name="field">The field that holds the impacts.</param>
    /// <param name="terms">The terms of the checkpoint. Duplicates count once.</param>
    /// <returns>One weight per distinct term, to be passed to <c>QueryWeights</c>.</returns>
    /// <exception cref="ArgumentException">No document has a term in the field.</exception>
    public static IReadOnlyList<TermWeight> Compute(IndexReader reader, string field, IEnumerable<string> terms)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(terms);
        var documents = reader.GetDocCount(field);
        return documents > 0
            ? [.. terms.Distinct(StringComparer.Ordinal).Select(
                term => new TermWeight(term, ComputeWeight(reader.DocFreq(new Term(field, term)), documents)))]
            : throw new ArgumentException(
                $"Cannot compute IDF weights: no document has a term in field '{field}'. Name the field that holds the "
                + "impacts, or index documents first.",
                nameof(field));
    }

    private static float ComputeWeight(int documentFrequency, int documents) =>
        (float)Math.Log(1 + Math.Log(1 + ((documents - documentFrequency + 0.5) / (documentFrequency + 0.5))));
}
