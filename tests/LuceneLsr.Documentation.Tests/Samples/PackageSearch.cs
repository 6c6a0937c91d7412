using Lucene.Net.Search;
using LuceneLsr.Hosting.Queries;

namespace LuceneLsr.Documentation.Tests.Samples;

// <sample>
internal sealed class PackageSearch(ILsrQueryFactory queries, SearcherManager manager)
{
    public async Task<IReadOnlyList<string>> SearchAsync(string text, CancellationToken cancellationToken)
    {
        var query = await queries.CreateAsync("body", text, cancellationToken: cancellationToken);
        var searcher = manager.Acquire();
        try
        {
            return [.. searcher.Search(query, 10).ScoreDocs.Select(hit => searcher.Doc(hit.Doc).Get("id"))];
        }
        finally
        {
            manager.Release(searcher);
        }
    }
}
// </sample>
