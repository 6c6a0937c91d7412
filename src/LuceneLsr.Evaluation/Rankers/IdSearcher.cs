using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>Searches a Lucene index and identifies documents by their ids.</summary>
/// <param name="searcher">The searcher; its reader must stay open.</param>
/// <param name="idField">The field of document ids, stored and indexed as one term.</param>
internal sealed class IdSearcher(IndexSearcher searcher, string idField)
{
    /// <summary>Ranks the documents that match a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="count">Maximum number of documents; at least 1.</param>
    /// <param name="alsoScored">Ids of documents to score even if they rank below <paramref name="count"/>.</param>
    /// <returns>
    /// The top documents, best first, ties in the order of the index; then the remaining ones of
    /// <paramref name="alsoScored"/>, also best first.
    /// </returns>
    public IReadOnlyList<ScoredDocument> Search(
        Query query, int count, IReadOnlyCollection<string>? alsoScored = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var best = Search(query, count, out _);
        var others = (alsoScored ?? []).Except(best.Select(hit => hit.DocumentId), StringComparer.Ordinal)
            .Chunk(BooleanQuery.MaxClauseCount)
            .SelectMany(ids => ToDocuments(searcher.Search(query, CreateFilter(ids), ids.Length)))
            .OrderByDescending(hit => hit.Score);
        return [.. best, .. others];
    }

    /// <summary>Ranks the documents that match a query, and counts all of them.</summary>
    /// <param name="query">The query.</param>
    /// <param name="count">Maximum number of documents; at least 1.</param>
    /// <param name="found">The number of documents that match.</param>
    /// <returns>The top documents, best first, ties in the order of the index.</returns>
    public IReadOnlyList<ScoredDocument> Search(Query query, int count, out int found)
    {
        var hits = searcher.Search(query, count);
        found = hits.TotalHits;
        return ToDocuments(hits);
    }

    private ScoredDocument[] ToDocuments(TopDocs hits) =>
        [.. hits.ScoreDocs.Select(hit => new ScoredDocument(searcher.Doc(hit.Doc).Get(idField), hit.Score))];

    private QueryWrapperFilter CreateFilter(string[] ids) =>
        new(Disjunction.Create(ids.Select(id => new TermQuery(new Term(idField, id)))));
}
