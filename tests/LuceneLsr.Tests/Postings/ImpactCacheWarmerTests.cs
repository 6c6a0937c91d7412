using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Documents;
using LuceneLsr.Postings;

namespace LuceneLsr.Tests.Postings;

public class ImpactCacheWarmerTests
{
    [Fact]
    public void Merged_segment_is_cached_before_it_is_searched()
    {
        using var directory = new RAMDirectory();
        using var analyzer = new KeywordAnalyzer();
        var cache = new ImpactCache(long.MaxValue);
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)
        {
            MergedSegmentWarmer = new ImpactCacheWarmer(cache, "body"),
        });
        for (var document = 0; document < 3; document++)
        {
            writer.AddDocument([new ImpactField("body", new SparseVector([new("t", 1)]), ImpactScale.Identity)]);
            writer.Flush(triggerMerge: false, applyAllDeletes: true);
        }

        using var reader = DirectoryReader.Open(writer, applyAllDeletes: true); // keeps merged segments open
        Assert.Equal(0, cache.SizeInBytes);
        writer.ForceMerge(1);
        Assert.NotEqual(0, cache.SizeInBytes);
    }
}
