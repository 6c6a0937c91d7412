using System.Text.Json;
using System.Text.Json.Nodes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.Postings;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.Similarities;
using LuceneLsr.TestSupport;
using LuceneLsr.Tests.Support;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Tests;

/// <summary>README's samples, compiled and run.</summary>
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

#pragma warning disable xUnit1051 // README's reader has no test to cancel
    [Fact]
    public void The_fast_query_finds_the_same()
    {
        using var directory = new RAMDirectory();
        using var encoder = new WordEncoder();
        var scale = new ImpactScale(10);
        using var analyzer = new LsrAnalyzer(encoder, scale);
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));
        writer.AddDocument([new ImpactField("body", "how to cut scenes out of a movie", Field.Store.YES)]);
        using var reader = writer.GetReader(applyAllDeletes: true);

        // <sample>
        var cache = new ImpactCache(budgetInBytes: 1L << 30);
        var searcher = new ImpactSearcher(reader);
        var vector = encoder.Encode("cut scenes out of a movie", TextSide.Query);
        var hits = searcher.Search(new ImpactQuery("body", scale.Quantize(vector), cache), 10);
        // </sample>

        var slow = searcher.Search(BooleanImpactQuery.Create("body", vector, scale), 10);
        Assert.Equal(slow.ScoreDocs.Select(hit => hit.Score), hits.ScoreDocs.Select(hit => hit.Score));
        Assert.Equal(1, hits.TotalHits);
    }

    [Fact]
    public void The_codec_finds_the_same()
    {
        using var directory = new RAMDirectory();
        using var encoder = new WordEncoder();
        var scale = new ImpactScale(10);
        using var analyzer = new LsrAnalyzer(encoder, scale);

        // <sample>
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { Codec = new ImpactCodec("body") };
        using var writer = new IndexWriter(directory, config);
        // </sample>

        writer.AddDocument([new ImpactField("body", "how to cut scenes out of a movie", Field.Store.YES)]);
        using var reader = writer.GetReader(applyAllDeletes: true);
        var query = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", analyzer).Parse("cut scenes");
        Assert.Equal(1, new ImpactSearcher(reader).Search(query, 10).TotalHits);
    }

    [Fact]
    public void Two_phases_find_the_same()
    {
        using var directory = new RAMDirectory();
        using var encoder = new WordEncoder();
        var scale = new ImpactScale(10);
        using var analyzer = new LsrAnalyzer(encoder, scale);
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));
        writer.AddDocument([new ImpactField("body", "how to cut scenes out of a movie", Field.Store.YES)]);
        using var reader = writer.GetReader(applyAllDeletes: true);
        var searcher = new ImpactSearcher(reader);
        var vector = encoder.Encode("cut scenes out of a movie", TextSide.Query);

        // <sample>
        var strongest = new VectorPruning { MaxTerms = 8 }.Apply(vector);
        var candidates = searcher.Search(new ImpactQuery("body", scale.Quantize(strongest)), 100);
        var hits = new ImpactRescorer(new ImpactQuery("body", scale.Quantize(vector))).Rescore(searcher, candidates, 10);
        // </sample>

        var exact = searcher.Search(new ImpactQuery("body", scale.Quantize(vector)), 10);
        Assert.Equal(exact.ScoreDocs.Select(hit => hit.Score), hits.ScoreDocs.Select(hit => hit.Score));
    }

    [Fact]
    public void Bulk_indexing_finds_the_same()
    {
        using var directory = new RAMDirectory();
        using var encoder = new WordEncoder();
        var scale = new ImpactScale(10);
        using var analyzer = new LsrAnalyzer(encoder, scale);
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));
        var text = "how to cut scenes out of a movie";

        // <sample>
        using var bulk = new ImpactBulkWriter(writer, "body", scale);
        bulk.Add([new StringField("id", "d1", Field.Store.YES)], encoder.Encode(text, TextSide.Document));
        // </sample>

        bulk.Flush();
        using var reader = writer.GetReader(applyAllDeletes: true);
        var query = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", analyzer).Parse("cut scenes");
        Assert.Equal(1, new ImpactSearcher(reader).Search(query, 10).TotalHits);
    }

    [Fact]
    public void Queries_need_no_model()
    {
        using var folder = new TemporaryFolder();
        TinyTermSpace.Write(folder, TinyTermSpace.Settings);
        var checkpoint = folder.Path;
        using var directory = new RAMDirectory();
        using var documents = new WordEncoder { VocabularyId = TermSpace.Load(checkpoint).VocabularyId };
        using var filling = new LsrAnalyzer(documents, new ImpactScale(10));
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, filling));
        writer.AddDocument([new ImpactField("body", "film of a cat and a dog", Field.Store.YES)]);
        LsrIndexStamp.Write(writer, documents, filling.Scale);
        writer.Commit();

        // <sample>
        using var reader = DirectoryReader.Open(directory);
        var space = TermSpace.Load(checkpoint);
        var weights = new QueryWeights(IdfWeights.Compute(reader, "body", space.Terms.GetDistinctTerms()));
        using var encoder = new InferenceFreeQueryEncoder(space, weights);
        var analyzer = new LsrAnalyzer(encoder, LsrIndexStamp.Verify(reader, encoder).Scale);
        var query = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", analyzer).Parse("a film about cats");
        var hits = new ImpactSearcher(reader).Search(query, 10);
        // </sample>

        Assert.Equal(1, hits.TotalHits);
    }

#pragma warning restore xUnit1051

    [Fact]
    public void README_shows_that_code()
    {
        string[] samples = [.. Resource("ReadmeSample.cs").Split("        // <sample>\n")[1..]
            .Select(rest => rest[..rest.IndexOf("        // </sample>", StringComparison.Ordinal)])];
        Assert.Equal(6, samples.Length);
        Assert.All(samples, sample => Assert.Contains(
            sample.Replace("\n        ", "\n", StringComparison.Ordinal).Trim(),
            Resource("README.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void README_shows_all_settings_with_their_defaults()
    {
        var readme = Resource("README.md");
        var start = readme.IndexOf("```jsonc\n", StringComparison.Ordinal) + "```jsonc\n".Length;
        var shown = JsonNode.Parse(
            readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)],
            documentOptions: new() { CommentHandling = JsonCommentHandling.Skip })!;
        using var folder = new TemporaryFolder();
        new LsrSettings().Save(folder.Path);
        var defaults = JsonNode.Parse(File.ReadAllText(folder.File(LsrSettings.FileName)));
        Assert.True(JsonNode.DeepEquals(defaults, shown), $"{defaults} are the defaults");
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReadmeSample).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
