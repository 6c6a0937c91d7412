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
    public IReadOnlyList<EngineRanking> Rank(SearchRequest request, LearnedQuery query)
    {
        var learned = RankByImpacts(query);
        if (keywords is null)
        {
            return [learned];
        }

        var lexical = RankByKeywords(request, keywords);
        return [lexical, learned, Fuse(lexical, learned, request.HybridWeight)];
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

    private static EngineRanking RankByKeywords(SearchRequest request, Bm25Index keywords)
    {
        var start = Stopwatch.GetTimestamp();
        var hits = keywords.Search(request.Text, Depth, request.GetBm25Parameters());
        return new(
            Engines.Bm25, hits, hits.Count, Stopwatch.GetElapsedTime(start), keywords.CountPostings(request.Text));
    }

    // The time and postings of the hybrid are those of both searches.
    private static EngineRanking Fuse(EngineRanking lexical, EngineRanking learned, double weight)
    {
        var start = Stopwatch.GetTimestamp();
        var fused = ScoreFusion.FuseRankings(learned.Documents, lexical.Documents, weight);
        return new(
            Engines.Hybrid, fused, fused.Count, lexical.Time + learned.Time + Stopwatch.GetElapsedTime(start),
            lexical.Postings + learned.Postings);
    }
}
