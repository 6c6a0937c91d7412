using Lucene.Net.Search;

namespace LuceneLsr.Search.Feedback;

/// <summary>
/// Relevance feedback: moves a query towards documents that are relevant, or that are assumed to be because they are
/// its first hits (pseudo-relevance feedback). The new query is QueryWeight x query + FeedbackWeight x mean of the
/// documents, each vector scaled to length 1.
/// </summary>
/// <remarks>
/// <para>Rocchio, "Relevance feedback in information retrieval", 1971, without documents that are not relevant. Vectors
/// of unit length as in Anserini, which applies it to learned sparse vectors. See also Lassance and Clinchant, "Naver
/// Labs Europe (SPLADE) @ TREC Deep Learning 2022", arXiv 2302.12574.</para>
/// <para>The new query has the length of the query before it is rounded to integer impacts, so that the weights of a
/// <c>HybridQuery</c> still fit. It is a plain <see cref="ImpactQuery"/>. Feedback usually raises recall, and lowers
/// precision for queries whose first hits are wrong.</para>
/// </remarks>
public sealed record RocchioFeedback
{
    /// <summary>Gets the number of first hits that are assumed to be relevant, at least 1.</summary>
    public int Documents
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(Documents), value, "The number of feedback documents must be at least 1.");
    } = 5;

    /// <summary>
    /// Gets the maximum number of terms to add to the query: the heaviest of the mean that the query does not have. The
    /// query's own terms always stay.
    /// </summary>
    public int ExpansionTerms
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(ExpansionTerms), value, "The number of expansion terms must not be negative.");
    } = 20;

    /// <summary>Gets the weight of the query, alpha; finite and above 0.</summary>
    public float QueryWeight
    {
        get;
        init => field = value > 0 && float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(QueryWeight), value, "The weight of the query must be finite and above 0.");
    } = 1;

    /// <summary>Gets the weight of the mean of the documents, beta; finite and not negative.</summary>
    public float FeedbackWeight
    {
        get;
        init => field = value >= 0 && float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(FeedbackWeight), value, "The weight of the feedback must be finite and not negative.");
    } = 0.5f;

    /// <summary>Searches a query and expands it by its first hits.</summary>
    /// <param name="query">The query. Its budget is not checked while documents are read.</param>
    /// <param name="searcher">The searcher.</param>
    /// <param name="filter">The documents that may be used, or null for all.</param>
    /// <returns>The new query, or the same one if it has no hit.</returns>
    public ImpactQuery Expand(ImpactQuery query, IndexSearcher searcher, Filter? filter = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(searcher);
        var hits = searcher.Search(query, filter, Documents).ScoreDocs;
        var documents = DocumentImpacts.Read(
            searcher.IndexReader, query.Field, Array.ConvertAll(hits, hit => hit.Doc), query.Cache,
            query.AllRules);
        return Expand(query, documents);
    }

    /// <summary>Expands a query by relevant documents, such as those that users chose.</summary>
    /// <param name="query">The query.</param>
    /// <param name="documents">The impacts of the documents, see <see cref="DocumentImpacts"/>.</param>
    /// <returns>The new query, or the same one if it has no term or no document has one.</returns>
    public ImpactQuery Expand(ImpactQuery query, IReadOnlyList<SparseVector> documents)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(documents);
        var mean = ImpactCentroid.ComputeMean(documents);
        if (mean.Count == 0 || query.Terms.Count == 0)
        {
            return query;
        }

        var length = ImpactCentroid.ComputeLength(query.Terms.Select(term => (double)term.Impact));
        var moved = query.Terms.ToDictionary(
            term => term.Term,
            term => (QueryWeight * term.Impact / length) + (FeedbackWeight * mean.GetValueOrDefault(term.Term)),
            StringComparer.Ordinal);
        foreach (var removed in query.Edits.Where(edit => edit.After == 0))
        {
            mean.Remove(removed.Term); // by a relevance rule
        }

        foreach (var (term, weight) in SelectExpansion(mean, moved))
        {
            moved.Add(term, FeedbackWeight * weight);
        }

        return query.WithTerms(ImpactCentroid.Quantize(moved, length / ImpactCentroid.ComputeLength(moved.Values)));
    }

    private List<KeyValuePair<string, double>> SelectExpansion(
        Dictionary<string, double> mean, Dictionary<string, double> query) =>
        [.. mean.Where(entry => !query.ContainsKey(entry.Key))
            .OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Take(ExpansionTerms)];
}
