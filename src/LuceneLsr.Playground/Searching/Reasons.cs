using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Playground.Messages;

namespace LuceneLsr.Playground.Searching;

/// <summary>Finds what the scores of documents are made of.</summary>
/// <param name="index">The learned index.</param>
/// <param name="documents">Its documents.</param>
/// <param name="keywords">The same documents for BM25, or null if the index stores no texts.</param>
internal sealed class Reasons(SparseIndex index, StoredDocuments documents, Bm25Index? keywords)
{
    /// <summary>Finds the reasons of some documents of a ranking, largest contribution first.</summary>
    /// <param name="search">The search.</param>
    /// <param name="ranking">One of its rankings.</param>
    /// <param name="ids">The ids of the documents.</param>
    public IReadOnlyDictionary<string, IReadOnlyList<Reason>> Find(
        RankedSearch search, EngineRanking ranking, IReadOnlyList<string> ids) => ranking.Engine switch
    {
        Engines.Lsr => FindProducts(search.Query, ids),
        Engines.Bm25 => ids.ToDictionary(id => id, id => FindKeywords(search.Request, id), StringComparer.Ordinal),
        _ => ids.ToDictionary(id => id, id => FindParts(search, id), StringComparer.Ordinal),
    };

    private IReadOnlyDictionary<string, IReadOnlyList<Reason>> FindProducts(
        LearnedQuery query, IReadOnlyList<string> ids) => ImpactProducts.Compute(
            index.Searcher.IndexReader, query.Query, ids.ToDictionary(id => documents.Get(id)));

    private IReadOnlyList<Reason> FindKeywords(SearchRequest request, string id) =>
        [.. keywords!.Explain(request.Text, id, request.GetBm25Parameters()).Entries.Select(
            entry => new Reason(entry.Term, Query: null, Document: null, Stored: null, entry.Weight))];

    private static IReadOnlyList<Reason> FindParts(RankedSearch search, string id)
    {
        var weight = search.Request.HybridWeight;
        return [.. search.Rankings.Where(ranking => ranking.Engine != Engines.Hybrid)
            .Select(ranking => new Reason(
                ranking.Engine, Query: null, Document: null, Stored: null,
                (ranking.Engine == Engines.Lsr ? weight : 1 - weight) * ranking.GetStandardScore(id)))
            .OrderByDescending(reason => reason.Score)];
    }
}
