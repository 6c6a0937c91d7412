using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Documents;
using LuceneLsr.Postings;
using LuceneLsr.Search;

namespace LuceneLsr.Documentation.Tests.Samples;

/// <summary>The sample of docs/querying.md that sets a static property.</summary>
[CollectionDefinition(nameof(DefaultCacheSamples), DisableParallelization = true)]
[Collection(nameof(DefaultCacheSamples))]
public sealed class DefaultCacheSamples
{
    [Fact]
    public void Default_cache_sample_warms_new_segments()
    {
        using var directory = new RAMDirectory();
        using var analyzer = new KeywordAnalyzer();
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer);
        try
        {
            // <sample>
            ImpactCache.Default = new ImpactCache(budgetInBytes: 1L << 30);
            config.MergedSegmentWarmer = new ImpactCacheWarmer(ImpactCache.Default, "body");
            using var writer = new IndexWriter(directory, config);
            using var manager = new SearcherManager(
                writer, applyAllDeletes: true, new ImpactSearcherFactory(ImpactCache.Default, "body"));
            // </sample>

            writer.AddDocument([new ImpactField("body", new SparseVector([new("movie", 2)]), new ImpactScale(10))]);
            manager.MaybeRefreshBlocking();
            Assert.NotEqual(0, ImpactCache.Default.SizeInBytes);
        }
        finally
        {
            ImpactCache.Default = null;
        }
    }
}
