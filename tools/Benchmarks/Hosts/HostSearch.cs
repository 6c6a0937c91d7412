using Lucene.Net.Search;
using Lucene.Net.Util;

namespace LuceneLsr.Tools.Benchmarks.Hosts;

/// <summary>One way in which applications search.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Depth">The number of hits.</param>
/// <param name="Search">Searches for a query with a plain searcher.</param>
internal sealed record HostSearch(string Name, int Depth, Func<IndexSearcher, Query, TopDocs> Search)
{
    /// <summary>Gets all of them.</summary>
    public static IReadOnlyList<HostSearch> All { get; } =
    [
        new("top 10", 10, (searcher, query) => searcher.Search(query, 10)),
        new("top 1000", 1000, (searcher, query) => searcher.Search(query, 1000)),
        new("top 10 after another 10", 10, SearchSecondPage),
        new("top 10 by a field", 10, (searcher, query) => searcher.Search(query, 10, HostFields.Order)),
        new("top 10 in a collector that watches the time", 10, SearchInWrappedCollector),
        new("top 10 under a filter with a bit set", 10, (searcher, query) =>
            searcher.Search(query, HostFields.BitSetFilter, 10)),
        new("top 1000 under a filter with a bit set", 1000, (searcher, query) =>
            searcher.Search(query, HostFields.BitSetFilter, 1000)),
        new("top 10 under a filter that iterates", 10, (searcher, query) =>
            searcher.Search(query, HostFields.IteratorFilter, 10)),
        new("top 10 with a MUST clause", 10, (searcher, query) =>
            searcher.Search(Combine(query, Occur.MUST), 10)),
        new("top 10 with a MUST_NOT clause", 10, (searcher, query) =>
            searcher.Search(Combine(query, Occur.MUST_NOT), 10)),
        new("top 10 with a SHOULD clause", 10, (searcher, query) =>
            searcher.Search(Combine(query, Occur.SHOULD), 10)),
    ];

    private static TopDocs SearchSecondPage(IndexSearcher searcher, Query query) =>
        searcher.Search(query, 10).ScoreDocs is [.., var last]
            ? searcher.SearchAfter(last, query, 10)
            : new TopDocs(0, [], float.NaN);

    private static TopDocs SearchInWrappedCollector(IndexSearcher searcher, Query query)
    {
        var hits = TopScoreDocCollector.Create(10, docsScoredInOrder: true);
        searcher.Search(query, new TimeLimitingCollector(hits, Counter.NewCounter(), 1));
        return hits.GetTopDocs();
    }

    private static BooleanQuery Combine(Query query, Occur occur) => new(disableCoord: true)
    {
        { query, Occur.MUST }, { HostFields.CreateClause(), occur },
    };
}
