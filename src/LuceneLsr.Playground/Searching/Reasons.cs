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
    /// <param name="request">The search.</param>
    /// <param name="query">Its learned query.</param>
    /// <param name="ranking">The ranking.</param>
    /// <param name="ids">The ids of the documents.</param>
    /// <param name="others">All rankings, of which the hybrid is made.</param>
    public IReadOnlyDictionary<string, IReadOnlyList<Reason>> Find(
        SearchRequest request, LearnedQuery query, EngineRanking ranking, IReadOnlyList<string> ids,
        IReadOnlyList<EngineRanking> others) => ranking.Engine switch
    {
        Engines.Lsr => FindProducts(query, ids),
        Engines.Bm25 => ids.ToDictionary(id => id, id => FindKeywords(request, id), StringComparer.Ordinal),
        _ => ids.ToDictionary(id => id, id => FindParts(request, id, others), StringComparer.Ordinal),
    };

    private IReadOnlyDictionary<string, IReadOnlyList<Reason>> FindProducts(
        LearnedQuery query, IReadOnlyList<string> ids) => ImpactProducts.Compute(
            index.Searcher.IndexReader, query.Query, ids.ToDictionary(id => documents.Find(id)!.Value));

    private IReadOnlyList<Reason> FindKeywords(SearchRequest request, string id) =>
        [.. keywords!.Explain(request.Text, id, request.GetBm25Parameters()).Entries.Select(
            entry => new Reason(entry.Term, Query: null, Document: null, Stored: null, entry.Weight))];

    private static IReadOnlyList<Reason> FindParts(
        SearchRequest request, string id, IReadOnlyList<EngineRanking> rankings) =>
        [.. rankings.Where(ranking => ranking.Engine != Engines.Hybrid)
            .Select(ranking => new Reason(
                ranking.Engine, Query: null, Document: null, Stored: null,
                (ranking.Engine == Engines.Lsr ? request.HybridWeight : 1 - request.HybridWeight)
                    * ranking.GetStandardScore(id)))
            .OrderByDescending(reason => reason.Score)];
}
