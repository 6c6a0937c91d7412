using Lucene.Net.Search;
using Lucene.Net.Util;

namespace LuceneLsr.Tools.Benchmarks.Hosts;

/// <summary>One way in which applications search.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Depth">The number of hits.</param>
/// <param name="Search">Runs a query on a searcher and returns the given number of hits.</param>
internal sealed record HostSearch(string Name, int Depth, Func<IndexSearcher, Query, int, TopDocs> Search)
{
    /// <summary>Gets all of them.</summary>
    public static IReadOnlyList<HostSearch> All { get; } =
    [
        new("top 10", 10, (searcher, query, depth) => searcher.Search(query, depth)),
        new("top 1000", 1000, (searcher, query, depth) => searcher.Search(query, depth)),
        new("top 10, then the next 10", 10, SearchTwoPages),
        new("top 10, range filter of 10 %", 10, (searcher, query, depth) =>
            searcher.Search(query, HostFields.RangeFilter, depth)),
        new("top 1000, range filter of 10 %", 1000, (searcher, query, depth) =>
            searcher.Search(query, HostFields.RangeFilter, depth)),
        new("top 10, cached filter of 90 %", 10, (searcher, query, depth) =>
            searcher.Search(query, HostFields.CachedFilter, depth)),
        new("top 10, query filter of 10 %", 10, (searcher, query, depth) =>
            searcher.Search(query, HostFields.QueryFilter, depth)),
        new("top 10, MUST + MUST", 10, (searcher, query, depth) =>
            searcher.Search(Combine(query, Occur.MUST, Occur.MUST), depth)),
        new("top 10, MUST + MUST_NOT", 10, (searcher, query, depth) =>
            searcher.Search(Combine(query, Occur.MUST, Occur.MUST_NOT), depth)),
        new("top 10, MUST + SHOULD", 10, (searcher, query, depth) =>
            searcher.Search(Combine(query, Occur.MUST, Occur.SHOULD), depth)),
        new("top 10, SHOULD + MUST_NOT", 10, (searcher, query, depth) =>
            searcher.Search(Combine(query, Occur.SHOULD, Occur.MUST_NOT), depth)),
        new("top 10, SHOULD + SHOULD", 10, (searcher, query, depth) =>
            searcher.Search(Combine(query, Occur.SHOULD, Occur.SHOULD), depth)),
        new("top 10, TimeLimitingCollector", 10, SearchInWrappedCollector),
        new("top 10, sorted by a field", 10, (searcher, query, depth) =>
            searcher.Search(query, depth, HostFields.Order)),
    ];

    private static TopDocs SearchTwoPages(IndexSearcher searcher, Query query, int depth) =>
        searcher.Search(query, depth).ScoreDocs is [.., var last]
            ? searcher.SearchAfter(last, query, depth)
            : new TopDocs(0, [], float.NaN);

    private static TopDocs SearchInWrappedCollector(IndexSearcher searcher, Query query, int depth)
    {
        var hits = TopScoreDocCollector.Create(depth, docsScoredInOrder: false);
        searcher.Search(query, new TimeLimitingCollector(hits, Counter.NewCounter(), 1));
        return hits.GetTopDocs();
    }

    private static BooleanQuery Combine(Query query, Occur occur, Occur occurOfClause) => new(disableCoord: true)
    {
        { query, occur }, { HostFields.CreateClause(), occurOfClause },
    };
}
