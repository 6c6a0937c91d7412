using Lucene.Net.Index;

namespace LuceneLsr.Search;

/// <summary>
/// Drops the terms of a query that are both frequent in the index and light in the query: they cost most and change the
/// scores least. The defaults are those of Elasticsearch's <c>sparse_vector</c> queries.
/// </summary>
/// <remarks>
/// A term's frequency is its number of documents. The average is the number of postings of the field divided by the
/// number of terms of the segment with most terms, as in Elasticsearch. The heaviest term is always kept. An
/// <see cref="ImpactRescorer"/> with the whole query gives the hits their exact scores.
/// </remarks>
public sealed record FrequentTermPruning
{
    /// <summary>Gets the ratio to the average frequency from which a term is frequent, at least 1.</summary>
    public float FrequencyRatio
    {
        get;
        init => field = value >= 1 && float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(FrequencyRatio), value, "The frequency ratio must be finite and at least 1.");
    } = 5;

    /// <summary>Gets the ratio to the query's largest impact up to which a term is light, from 0 to 1.</summary>
    public float WeightRatio
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(WeightRatio), value, "The weight ratio must be from 0 to 1.");
    } = 0.4f;

    /// <summary>Returns a query of the terms to keep, or the same query if these are all.</summary>
    /// <param name="query">The query.</param>
    /// <param name="reader">The index reader.</param>
    public ImpactQuery Apply(ImpactQuery query, IndexReader reader)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(reader);
        long terms = CountTerms(reader, query.Field), postings = reader.GetSumDocFreq(query.Field);
        if (terms <= 0 || postings <= 0 || query.Terms.Count == 0)
        {
            return query; // Lucene returns -1 for what an index does not know
        }

        var heaviest = query.Terms.Max(term => term.Impact);
        var light = (double)WeightRatio * heaviest;
        var frequent = (double)FrequencyRatio * postings / terms;
        TermImpact[] kept = [.. query.Terms.Where(term =>
            term.Impact > light || term.Impact == heaviest
            || reader.DocFreq(new Term(query.Field, term.Term)) < frequent)];
        return kept.Length == query.Terms.Count ? query : query.WithTerms(kept);
    }

    // Segments share most of their terms.
    private static long CountTerms(IndexReader reader, string field) => reader.Leaves
        .Select(leaf => leaf.AtomicReader.GetTerms(field)?.Count ?? 0).DefaultIfEmpty(0).Max();
}
