using CsCheck;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using LuceneLsr.Documents;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Postings;

public class ImpactCacheTests
{
    private const string Body = ImpactIndex.Body;

    [Fact]
    public void Size_stays_within_budget_and_is_zero_after_readers_are_closed() => Gen.Select(
        ImpactCollection.Any, Gen.Long[0, 400]).Sample(
        (collection, budget) =>
        {
            var cache = new ImpactCache(budget);
            using (var index = collection.Index())
            {
                cache.Warm(index.Open().IndexReader, Body);
                var size = cache.SizeInBytes;
                var unlimited = new ImpactCache(long.MaxValue);
                unlimited.Warm(index.Open().IndexReader, Body);
                const int maxTermSize = 8 + (8 * 3); // two range offsets and eight postings, one per document
                Assert.InRange(size, Math.Min(unlimited.SizeInBytes, budget - maxTermSize), budget);
                cache.Warm(index.Open().IndexReader, Body); // the first reader is closed, but both share the segments
                Assert.Equal(size, cache.SizeInBytes);
            }

            Assert.Equal(0, cache.SizeInBytes);
        },
        iter: 100);

    [Fact]
    public void Size_is_three_bytes_per_posting_plus_range_offsets()
    {
        var collection = new ImpactCollection(
            [.. Enumerable.Range(0, 100).Select(number => (new SparseVector([new($"t{number % 20}", 1)]), false))],
            SparseVector.Empty, SegmentSize: 100);
        using var index = collection.Index();
        var cache = new ImpactCache(long.MaxValue);
        cache.Warm(index.Open().IndexReader, Body);
        Assert.Equal((100 * 3) + (20 * 2 * sizeof(int)), cache.SizeInBytes); // 20 terms in 5 documents each
    }

    [Fact]
    public void Warm_with_wrapped_reader_caches_nothing()
    {
        var collection = new ImpactCollection(
            [(new SparseVector([new("t1", 1)]), false)], new SparseVector([new("t1", 1)]), SegmentSize: 1);
        using var index = collection.Index();
        var cache = new ImpactCache(long.MaxValue);
        var filtered = new FilterAtomicReader(index.Open().IndexReader.Leaves[0].AtomicReader);
        cache.Warm(filtered, Body);
        Assert.Equal(0, cache.SizeInBytes);
        var query = new ImpactQuery(Body, ImpactCollection.QueryScale.Quantize(collection.Query), cache);
        Assert.Equal(1, new Lucene.Net.Search.IndexSearcher(filtered).Search(query, 1).TotalHits);
    }

    // Mapped postings in the dense or ranged layout need no copy. Packed postings and those of a RAM directory do.
    [Theory]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    [InlineData(false, false, true)]
    public void Postings_of_impact_format_are_cached_only_if_that_is_faster(
        bool isOnDisk, bool isCompact, bool isCached)
    {
        var storage = new IndexStorage(
            isOnDisk, IsCompound: false, isCompact ? IndexStorage.Compact : IndexStorage.Fast);
        var collection = new ImpactCollection(
            [.. Enumerable.Range(0, 100).Select(number => (new SparseVector([new($"t{number % 20}", 1)]), false))],
            new SparseVector([new("t1", 1)]), SegmentSize: 100, storage);
        using var index = collection.Index();
        var searcher = index.Open();
        ImpactCache warmed = new(long.MaxValue), asked = new(long.MaxValue);
        warmed.Warm(searcher.IndexReader, Body);
        var query = new ImpactQuery(Body, ImpactCollection.QueryScale.Quantize(collection.Query), asked);
        Assert.Equal(5, searcher.Search(query, 100).TotalHits);
        Assert.Equal(isCached, warmed.SizeInBytes > 0);
        Assert.Equal(isCached, asked.SizeInBytes > 0);
    }

    [Fact]
    public void Warm_with_closed_reader_throws_and_caches_nothing()
    {
        var collection = new ImpactCollection(
            [(new SparseVector([new("t1", 1)]), false)], SparseVector.Empty, SegmentSize: 1);
        var cache = new ImpactCache(long.MaxValue);
        using (var index = collection.Index())
        {
            var closed = index.Open().IndexReader;
            var open = index.Open().IndexReader; // closes the first reader, but keeps the shared segment
            Assert.Throws<ObjectDisposedException>(() => cache.Warm(closed, Body));
            cache.Warm(open, Body);
            Assert.NotEqual(0, cache.SizeInBytes);
        }

        Assert.Equal(0, cache.SizeInBytes);
    }

    [Fact]
    public void Concurrent_queries_cache_each_term_once()
    {
        var collection = new ImpactCollection(
            [.. Enumerable.Range(0, 50).Select(number => (new SparseVector([new("t1", 1 + (number % 7))]), false))],
            new SparseVector([new("t1", 1)]), SegmentSize: 7);
        using var index = collection.Index();
        var searcher = index.Open();
        ImpactCache one = new(long.MaxValue), shared = new(long.MaxValue);
        ImpactQuery Query(ImpactCache cache) =>
            new(Body, ImpactCollection.QueryScale.Quantize(collection.Query), cache);
        var expected = searcher.Search(Query(one), 50).ScoreDocs.Select(hit => (hit.Doc, hit.Score)).ToArray();
        Parallel.For(0, 64, _ => Assert.Equal(
            expected, searcher.Search(Query(shared), 50).ScoreDocs.Select(hit => (hit.Doc, hit.Score))));
        Assert.Equal(one.SizeInBytes, shared.SizeInBytes);
    }

    // Two terms in all of 100 documents take 100 bytes each, and leave room for a rare one.
    [Fact]
    public void Warm_nearly_full_cache_caches_new_segments()
    {
        using var index = new ImpactIndex(new KeywordAnalyzer());
        for (var document = 0; document < 100; document++)
        {
            index.Add(
                $"d{document}",
                new ImpactField(Body, new SparseVector([new("a", 1), new("b", 1)]), ImpactScale.Identity));
        }

        var cache = new ImpactCache(250);
        cache.Warm(index.Open().IndexReader, Body);
        Assert.Equal(200, cache.SizeInBytes);
        index.Add("new", new ImpactField(Body, new SparseVector([new("c", 1)]), ImpactScale.Identity));
        cache.Warm(index.Open().IndexReader, Body);
        Assert.InRange(cache.SizeInBytes, 201, 250);
    }
}
