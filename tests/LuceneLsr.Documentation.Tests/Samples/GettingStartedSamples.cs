using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documentation.Tests.Pages;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.Onnx;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.Similarities;
using LuceneLsr.TestSupport;
using LuceneLsr.VectorFiles;

namespace LuceneLsr.Documentation.Tests.Samples;

/// <summary>The samples of README.md and docs/getting-started.md.</summary>
public class GettingStartedSamples
{
#pragma warning disable xUnit1051 // the samples have no test to cancel
    [Fact]
    public void Swap_in_sample_finds_its_document()
    {
        var checkpoint = Repository.GetPath("tools/Search/Checkpoints/english");
        using var directory = new RAMDirectory();
        var text = "how to cut scenes out of a movie";

        // <sample>
        using var encoder = OnnxSparseEncoder.Load(checkpoint);
        using var analyzer = new LsrAnalyzer(encoder, encoder.Settings.ImpactScale);
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { Similarity = new ImpactSimilarity() };
        using var writer = new IndexWriter(directory, config);
        writer.AddDocument([new ImpactField("body", text, Field.Store.YES)]);

        using var reader = writer.GetReader(applyAllDeletes: true);
        var searcher = new ImpactSearcher(reader);
        var query = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", analyzer).Parse("cut scenes out of a movie");
        var hits = searcher.Search(query, 10);
        // </sample>

        Assert.Equal(1, hits.TotalHits);
    }

    [Fact]
    public void Other_fields_sample_finds_a_title_by_bm25()
    {
        using var directory = new RAMDirectory();
        using var encoder = new WordCountEncoder();

        // <sample>
        using var lsr = new LsrAnalyzer(encoder, new ImpactScale(factor: 50, maxImpact: 255));
        using var standard = new StandardAnalyzer(LuceneVersion.LUCENE_48);
        using var analyzer = new PerFieldAnalyzerWrapper(
            standard, new Dictionary<string, Analyzer> { ["body"] = lsr });
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { Similarity = new BodyByImpact() };
        using var writer = new IndexWriter(directory, config);
        var parser = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", lsr, otherFields: standard);
        // </sample>

        writer.AddDocument(
        [
            new ImpactField("body", "cut scenes out of a movie", Field.Store.YES),
            new TextField("title", "Editing films", Field.Store.YES),
        ]);
        using var reader = writer.GetReader(applyAllDeletes: true);
        var searcher = new IndexSearcher(reader) { Similarity = new BodyByImpact() };
        Assert.Equal(1, searcher.Search(parser.Parse("+title:editing movie"), 10).TotalHits);
        Assert.Equal(50 * 50, searcher.Search(parser.Parse("movie"), 10).ScoreDocs[0].Score);
    }

    [Fact]
    public void Text_fields_and_classic_parser_samples_find_the_document()
    {
        using var directory = new RAMDirectory();
        using var encoder = new WordCountEncoder();
        var (scale, text) = (new ImpactScale(50), "how to cut scenes out of a movie");
        using var analyzer = new LsrAnalyzer(encoder, scale);
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { Similarity = new ImpactSimilarity() };

        // <sample>
        using var writer = new ImpactIndexWriter(directory, config, "body");
        writer.AddDocument([new TextField("body", text, Field.Store.YES)]); // indexed as an ImpactField
        // </sample>

        // <sample>
        using var queries = new LsrAnalyzer(encoder, scale, TextSide.Query);
        var query = new QueryParser(LuceneVersion.LUCENE_48, "body", queries).Parse("cut scenes out of a movie");
        // </sample>

        using var reader = writer.GetReader(applyAllDeletes: true);
        Assert.Equal(
            IndexOptions.DOCS_AND_FREQS, MultiFields.GetMergedFieldInfos(reader).FieldInfo("body").IndexOptions);
        Assert.Equal(6 * 50, new ImpactSearcher(reader).Search(query, 10).ScoreDocs.Single().Score);
    }

    [Fact]
    public void Stamp_sample_verifies_the_index()
    {
        using var directory = new RAMDirectory();
        using var encoder = new WordCountEncoder();
        var scale = new ImpactScale(50);
        using var analyzer = new LsrAnalyzer(encoder, scale);
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));

        // <sample>
        LsrIndexStamp.Ensure(writer, "body", encoder, scale); // throws if something else filled the field
        writer.Commit();

        using var reader = DirectoryReader.Open(directory);
        var stamp = LsrIndexStamp.Verify(reader, "body", encoder); // throws if another encoder filled the field
        // </sample>

        Assert.Equal(scale, stamp.Scale);
    }

    [Fact]
    public void Precomputed_vectors_sample_finds_its_document()
    {
        using var folder = new TemporaryFolder();
        var documents = folder.Write("documents.jsonl",
            """{"id": "d1", "contents": "cut scenes out of a movie", "vector": {"cut": 120, "movie": 90}}""" + "\n");
        var queries = folder.Write("queries.jsonl",
            """{"id": "q1", "contents": "film editor", "vector": {"movie": 60, "edit": 40}}""" + "\n");
        using var directory = new RAMDirectory();

        // <sample>
        using var encoder = new PrecomputedVectorEncoder(documents, queries, vocabularyId: "my-model-1");
        using var analyzer = new LsrAnalyzer(encoder, ImpactScale.Identity); // these weights are impacts already
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer);
        using var writer = new IndexWriter(directory, config);
        writer.AddDocument([new ImpactField("body", "cut scenes out of a movie", Field.Store.YES)]);

        using var reader = writer.GetReader(applyAllDeletes: true);
        var vector = encoder.Encode("film editor", TextSide.Query);
        var hits = new ImpactSearcher(reader).Search(
            new ImpactQuery("body", ImpactScale.Identity.Quantize(vector)), 10);
        // </sample>

        Assert.Equal(90 * 60, hits.ScoreDocs.Single().Score);
    }
#pragma warning restore xUnit1051
}

// <sample>
/// <summary>Scores the field "body" by impacts, all other fields by BM25.</summary>
internal sealed class BodyByImpact : PerFieldSimilarityWrapper
{
    private readonly Similarity _impact = new ImpactSimilarity();
    private readonly Similarity _bm25 = new BM25Similarity();

    public override Similarity Get(string name) => name == "body" ? _impact : _bm25;
}
// </sample>
