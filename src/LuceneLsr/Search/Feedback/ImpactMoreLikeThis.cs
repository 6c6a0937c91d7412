using Lucene.Net.Index;
using LuceneLsr.Edits;
using LuceneLsr.Postings;

namespace LuceneLsr.Search.Feedback;

/// <summary>
/// Turns documents of an index into a query for similar documents, as Lucene's <c>MoreLikeThis</c> does for keywords.
/// The terms of the query are the heaviest of the documents within limits.
/// </summary>
/// <remarks>
/// The query of one document has its impacts. That of several has the mean of their vectors, each scaled to length 1, at
/// the mean of their lengths. The documents themselves match best; <see cref="ExcludedDocuments"/> leaves them out.
/// </remarks>
public sealed record ImpactMoreLikeThis
{
    /// <summary>Gets the maximum number of terms of the query, at least 1.</summary>
    public int MaxTerms
    {
        get;
        init => field = AtLeastOne(value, nameof(MaxTerms));
    } = 25;

    /// <summary>Gets the minimum impact of a term in one of the documents, at least 1.</summary>
    public int MinImpact
    {
        get;
        init => field = AtLeastOne(value, nameof(MinImpact));
    } = 1;

    /// <summary>
    /// Gets the minimum number of documents with a term, at least 1. By default a term that only one document has is
    /// left out, because it finds no other.
    /// </summary>
    public int MinDocumentFrequency
    {
        get;
        init => field = AtLeastOne(value, nameof(MinDocumentFrequency));
    } = 2;

    /// <summary>
    /// Gets the maximum share of the documents of the index that may have a term, above 0 and up to 1. Frequent terms
    /// make the query slow and distinguish little.
    /// </summary>
    public float MaxDocumentShare
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxDocumentShare), value, "The maximum share of documents must be above 0 and up to 1.");
    } = 1;

    /// <summary>Creates the query. It has no term, and matches nothing, if no term is within the limits.</summary>
    /// <param name="reader">The index reader.</param>
    /// <param name="field">The field that holds the impacts.</param>
    /// <param name="documents">Lucene's numbers of the documents, such as those of hits.</param>
    /// <param name="cache">The cache of postings, or null for <see cref="ImpactCache.Default"/>.</param>
    /// <param name="rules">
    /// The rules on documents, which change both the given documents and those that are found, or null for none.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The reader does not have one of the documents.</exception>
    public ImpactQuery CreateQuery(
        IndexReader reader, string field, IReadOnlyList<int> documents, ImpactCache? cache = null,
        RelevanceRules? rules = null)
    {
        var vectors = DocumentImpacts.Read(reader, field, documents, cache, rules)
            .Where(vector => vector.Count > 0).ToList();
        var strong = vectors.SelectMany(vector => vector.Entries).Where(entry => entry.Weight >= MinImpact)
            .Select(entry => entry.Term).ToHashSet(StringComparer.Ordinal);
        var kept = ImpactCentroid.ComputeMean(vectors)
            .Where(entry => strong.Contains(entry.Key) && IsWithinLimits(reader, new Term(field, entry.Key)))
            .OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Take(MaxTerms);
        var length = vectors.Select(vector => ImpactCentroid.ComputeLength(
            vector.Entries.Select(entry => (double)entry.Weight))).DefaultIfEmpty(1).Average();
        return new(field, ImpactCentroid.Quantize(kept, length), cache) { Rules = rules };
    }

    private bool IsWithinLimits(IndexReader reader, Term term)
    {
        var frequency = reader.DocFreq(term);
        return frequency >= MinDocumentFrequency && frequency <= (double)MaxDocumentShare * reader.MaxDoc;
    }

    private static int AtLeastOne(int value, string property) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(property, value, $"{property} must be at least 1.");
}
