using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Encoding;
using LuceneLsr.QueryParsing;
using LuceneLsr.Similarities;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests;

/// <summary>README's swap-in, compiled and run.</summary>
public class ReadmeSample
{
    [Fact]
    public void The_swap_in_indexes_and_searches()
    {
        using var directory = new RAMDirectory();
        using var encoder = new WordEncoder();
        var scale = new ImpactScale(10);
        var text = "how to cut scenes out of a movie";

        // <sample>
        var analyzer = new LsrAnalyzer(encoder, scale);
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { Similarity = new ImpactSimilarity() };
        using var writer = new IndexWriter(directory, config);
        writer.AddDocument([new ImpactField("body", text, Field.Store.YES)]);

        using var reader = writer.GetReader(applyAllDeletes: true);
        var searcher = new IndexSearcher(reader) { Similarity = new ImpactSimilarity() };
        var query = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", analyzer).Parse("cut scenes out of a movie");
        var hits = searcher.Search(query, 10);
        // </sample>

        Assert.Equal(1, hits.TotalHits);
    }

    [Fact]
    public void README_shows_that_code()
    {
        var source = Resource("ReadmeSample.cs");
        var sample = source[
            (source.IndexOf("// <sample>", StringComparison.Ordinal) + 12)
            ..source.IndexOf("        // </sample>", StringComparison.Ordinal)];
        Assert.Contains(
            sample.Replace("\n        ", "\n", StringComparison.Ordinal).Trim(),
            Resource("README.md"), StringComparison.Ordinal);
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReadmeSample).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
