using Lucene.Net.Analysis.Core;
using Lucene.Net.Search;
using LuceneLsr.Documents;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search;

public class ImpactSearcherFactoryTests
{
    private const string Body = ImpactIndex.Body;

    [Fact]
    public void Searcher_manager_with_factory_caches_new_segments_before_searches()
    {
        using var analyzer = new KeywordAnalyzer();
        using var index = new ImpactIndex(analyzer);
        var cache = new ImpactCache(long.MaxValue);
        index.Add("a", new ImpactField(Body, new SparseVector([new("t", 1)]), ImpactScale.Identity));
        using var manager = new SearcherManager(
            index.Writer, applyAllDeletes: true, new ImpactSearcherFactory(cache, Body));
        var size = cache.SizeInBytes;
        Assert.NotEqual(0, size);
        index.Add("b", new ImpactField(Body, new SparseVector([new("t", 1)]), ImpactScale.Identity));
        manager.MaybeRefreshBlocking();
        Assert.Equal(2 * size, cache.SizeInBytes);
        var searcher = Assert.IsType<ImpactSearcher>(manager.Acquire());
        Assert.Equal(2, searcher.Search(new ImpactQuery(Body, [new("t", 3)], cache), 10).TotalHits);
        manager.Release(searcher);
    }
}
