using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>Searches a Lucene index and tells documents by their ids.</summary>
public sealed class IdSearcher
{
    private readonly IndexSearcher _searcher;
    private readonly string _idField;

    /// <summary>Wraps a searcher.</summary>
    /// <param name="searcher">Any; its reader stays open, and has to while this searcher is used.</param>
    /// <param name="idField">The field of each document's id, stored and indexed as it is.</param>
    public IdSearcher(IndexSearcher searcher, string idField)
    {
        ArgumentNullException.ThrowIfNull(searcher);
        ArgumentNullException.ThrowIfNull(idField);
        (_searcher, _idField) = (searcher, idField);
    }

    /// <summary>Ranks the documents that match a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="count">How many documents to return at most, at least 1.</param>
    /// <param name="alsoScored">Documents that are wanted wherever they rank, by their ids.</param>
    /// <returns>
    /// Best first, equal scores in the order of the index; behind them those that are wanted and not among them, best
    /// first too.
    /// </returns>
    public IReadOnlyList<ScoredDocument> Search(
        Query query, int count, IReadOnlyCollection<string>? alsoScored = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var best = Search(query, filter: null, count);
        var others = (alsoScored ?? []).Except(best.Select(hit => hit.DocumentId), StringComparer.Ordinal)
            .Chunk(BooleanQuery.MaxClauseCount)
            .SelectMany(ids => Search(query, AnyOf(ids), ids.Length))
            .OrderByDescending(hit => hit.Score);
        return [.. best, .. others];
    }

    private ScoredDocument[] Search(Query query, Filter? filter, int count) =>
        [.. _searcher.Search(query, filter, count).ScoreDocs
            .Select(hit => new ScoredDocument(_searcher.Doc(hit.Doc).Get(_idField), hit.Score))];

    private QueryWrapperFilter AnyOf(string[] ids)
    {
        var any = new BooleanQuery();
        foreach (var id in ids)
        {
            any.Add(new TermQuery(new Term(_idField, id)), Occur.SHOULD);
        }

        return new QueryWrapperFilter(any);
    }
}
