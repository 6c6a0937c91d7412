using System.Diagnostics;
using Lucene.Net.Search;
using LuceneLsr.Evaluation.Fusion;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Playground.Messages;

namespace LuceneLsr.Playground.Searching;

/// <summary>Ranks documents by each engine.</summary>
/// <param name="searcher">The searcher of the learned index.</param>
/// <param name="documents">Its documents.</param>
/// <param name="keywords">The same documents for BM25, or null if the index stores no texts.</param>
internal sealed class EngineRankings(IndexSearcher searcher, StoredDocuments documents, Bm25Index? keywords)
{
    /// <summary>The number of documents of each ranking whose ranks are compared and whose scores are fused.</summary>
    public const int Depth = ScoreFusion.Depth;

    /// <summary>Ranks by BM25, LSR and the hybrid, or by LSR alone without texts.</summary>
    public IReadOnlyList<EngineRanking> Rank(SearchRequest request, LearnedQuery query) =>
        Rank(request, query, RankByKeywords(request));

    /// <summary>Ranks by LSR and the hybrid with a ranking of BM25, or by LSR alone without one.</summary>
    public IReadOnlyList<EngineRanking> Rank(SearchRequest request, LearnedQuery query, EngineRanking? lexical)
    {
        var learned = RankByImpacts(query);
        return lexical is null ? [learned] : [lexical, learned, Fuse(lexical, learned, request.HybridWeight)];
    }

    /// <summary>Ranks by BM25. Returns null without texts.</summary>
    public EngineRanking? RankByKeywords(SearchRequest request)
    {
        if (keywords is null)
        {
            return null;
        }

        var start = Stopwatch.GetTimestamp();
        var hits = keywords.Search(request.Text, Depth, request.GetBm25Parameters(), out var found);
        return new(Engines.Bm25, hits, found, Stopwatch.GetElapsedTime(start), keywords.CountPostings(request.Text));
    }

    private EngineRanking RankByImpacts(LearnedQuery query)
    {
        var start = Stopwatch.GetTimestamp();
        var hits = searcher.Search(query.Query, Depth);
        var time = Stopwatch.GetElapsedTime(start);
        return new(
            Engines.Lsr, [.. hits.ScoreDocs.Select(hit => new ScoredDocument(documents.GetId(hit.Doc), hit.Score))],
            hits.TotalHits, time, query.Terms.Where(term => term.Searched > 0).Sum(term => (long)term.Postings));
    }

    // The time and postings of the hybrid are those of both searches. How many documents either finds is not known.
    private static EngineRanking Fuse(EngineRanking lexical, EngineRanking learned, double weight)
    {
        var start = Stopwatch.GetTimestamp();
        var fused = ScoreFusion.FuseRankings(learned.Documents, lexical.Documents, weight);
        return new(
            Engines.Hybrid, fused, Found: null, lexical.Time + learned.Time + Stopwatch.GetElapsedTime(start),
            lexical.Postings + learned.Postings);
    }
}
