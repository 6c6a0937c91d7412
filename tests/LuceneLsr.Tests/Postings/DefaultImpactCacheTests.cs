using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Postings;

[Collection(nameof(GlobalState))]
public sealed class DefaultImpactCacheTests : IDisposable
{
    private readonly ImpactCache _default = new(long.MaxValue);

    public DefaultImpactCacheTests() => ImpactCache.Default = _default;

    [Fact]
    public void Search_with_query_that_names_no_cache_uses_default()
    {
        using var index = CreateCollection().Index();
        Assert.Equal(1, index.Open().Search(CreateQuery(cache: null), 1).TotalHits);
        Assert.NotEqual(0, _default.SizeInBytes);
    }

    [Fact]
    public void Search_with_query_that_names_a_cache_does_not_use_default()
    {
        using var index = CreateCollection().Index();
        Assert.Equal(1, index.Open().Search(CreateQuery(new ImpactCache(0)), 1).TotalHits);
        Assert.Equal(0, _default.SizeInBytes);
    }

    public void Dispose() => ImpactCache.Default = null;

    private static ImpactCollection CreateCollection() =>
        new([(new SparseVector([new("t1", 1)]), false)], new SparseVector([new("t1", 1)]), SegmentSize: 1);

    private static ImpactQuery CreateQuery(ImpactCache? cache) =>
        new(ImpactIndex.Body, ImpactCollection.QueryScale.Quantize(CreateCollection().Query), cache);
}
