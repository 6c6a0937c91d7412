using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.Postings;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.Search.Fusion;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Documentation.Tests.Samples;

/// <summary>The samples of docs/querying.md.</summary>
public sealed class QueryingSamples : IDisposable
{
    private const string Text = "how to cut scenes out of a movie";

    private readonly RAMDirectory _directory = new();
    private readonly WordCountEncoder _encoder = new();
    private readonly ImpactScale _scale = new(10);
    private readonly LsrAnalyzer _analyzer;

    public QueryingSamples() => _analyzer = new LsrAnalyzer(_encoder, _scale);

#pragma warning disable xUnit1051 // the samples have no test to cancel
    [Fact]
    public void Parser_sample_keeps_the_classic_syntax()
    {
        using var reader = IndexOne();
        var (analyzer, searcher) = (_analyzer, new ImpactSearcher(reader));

        // <sample>
        var parser = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", analyzer);
        var query = parser.Parse("cut scenes OR \"deleted footage\" film^2");
        Console.WriteLine(searcher.Explain(query, 0));
        // </sample>

        Assert.Equal(20 * 10, searcher.Search(query, 10).ScoreDocs[0].Score); // cut, scenes

        // <sample>
        parser.FieldWeights["heading"] = 2; // text without a field is searched in both
        parser.FieldWeights["body"] = 1;
        parser.LexicalFields["body"] = "words"; // "a phrase" and wild* are searched here
        // </sample>

        Assert.Equal(
            "hybrid(2 x (heading:(cut^10)) + 1 x (body:(cut^10))) words:wild*",
            parser.Parse("cut wild*").ToString(""));
    }

    [Fact]
    public void Cache_sample_scores_as_the_boolean_query()
    {
        using var reader = IndexOne();
        var (encoder, scale) = (_encoder, _scale);

        // <sample>
        var cache = new ImpactCache(budgetInBytes: 1L << 30);
        var searcher = new ImpactSearcher(reader);
        var vector = encoder.Encode("cut scenes out of a movie", TextSide.Query);
        var hits = searcher.Search(new ImpactQuery("body", scale.Quantize(vector), cache), 10);
        // </sample>

        var expected = searcher.Search(BooleanImpactQuery.Create("body", vector, scale), 10);
        Assert.Equal(expected.ScoreDocs.Select(hit => hit.Score), hits.ScoreDocs.Select(hit => hit.Score));
        Assert.Equal(1, hits.TotalHits);
        Assert.True(cache.SizeInBytes > 0);
    }

    [Fact]
    public void Codec_sample_finds_its_document()
    {
        var (directory, analyzer) = (_directory, _analyzer);

        // <sample>
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { Codec = new ImpactCodec("body") };
        using var writer = new IndexWriter(directory, config);
        // </sample>

        writer.AddDocument([new ImpactField("body", Text, Field.Store.YES)]);
        AssertFound(writer);
    }

    [Fact]
    public void Compact_codec_sample_finds_its_document()
    {
        // <sample>
        var codec = new ImpactCodec(new ImpactPostingsFormat(isCompact: true), "body");
        // </sample>

        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer) { Codec = codec };
        using var writer = new IndexWriter(_directory, config);
        writer.AddDocument([new ImpactField("body", Text, Field.Store.YES)]);
        AssertFound(writer);
    }

    [Fact]
    public void Budget_sample_finds_its_document_in_time()
    {
        using var reader = IndexOne();
        var (analyzer, searcher, text) = (_analyzer, new ImpactSearcher(reader), "cut scenes");
        var cancellationToken = TestContext.Current.CancellationToken;

        // <sample>
        var budget = new SearchBudget(TimeSpan.FromMilliseconds(200), cancellationToken: cancellationToken);
        var parser = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", analyzer) { Budget = budget };
        var hits = searcher.Search(parser.Parse(text), 10);
        Console.WriteLine(budget.IsExceeded ? "Some documents were not searched." : "All documents were searched.");
        // </sample>

        Assert.True(hits.TotalHits == 1 || budget.IsExceeded);
    }

    [Fact]
    public void Fallback_sample_searches_titles_when_the_encoder_fails()
    {
        using var standard = new StandardAnalyzer(LuceneVersion.LUCENE_48);
        using var analyzer = new LsrAnalyzer(new BrokenEncoder(), _scale);
        using var log = new StringWriter();

        // <sample>
        var parser = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", analyzer)
        {
            EncoderFallback = failure =>
            {
                log.WriteLine($"Searching by keywords: {failure.Exception.Message}");
                return new QueryBuilder(standard).CreateBooleanQuery("title", failure.Text);
            },
        };
        // </sample>

        Assert.Equal("title:cut title:scenes", parser.Parse("cut scenes").ToString());
        Assert.Contains("The encoder is down.", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hybrid_samples_find_document_by_both_queries()
    {
        using var reader = IndexOne();
        using var standard = new StandardAnalyzer(LuceneVersion.LUCENE_48);
        var (analyzer, searcher, text) = (_analyzer, new ImpactSearcher(reader), "cut scenes");
        HybridSample();
        FusionSample(new ImpactQuery("body", [new("cut", 1)]), new TermQuery(new Term("body", "movie")), filter: null);

        void HybridSample()
        {
            // <sample>
            searcher.Similarity = new BM25Similarity();
            var hybrid = new HybridQuery(
                new WeightedQuery(new LsrQueryParser(LuceneVersion.LUCENE_48, "body", analyzer).Parse(text), 0.001f),
                new WeightedQuery(new QueryParser(LuceneVersion.LUCENE_48, "title", standard).Parse(text)));
            var hits = searcher.Search(hybrid, 10);
            // </sample>

            Assert.Equal(0.2f, hits.ScoreDocs[0].Score, 1e-6f); // cut and scenes, 10 x 10 each
        }

        void FusionSample(Query impacts, Query lexical, Filter? filter)
        {
            // <sample>
            var search = new FusedSearch(
                FusionMethod.ReciprocalRank(), new WeightedQuery(impacts, 2), new WeightedQuery(lexical));
            var hits = search.Search(searcher, 10, filter);
            Console.WriteLine(search.Explain(searcher, hits.ScoreDocs[0].Doc, filter));
            // </sample>

            Assert.Equal((float)(3 / 61.0), hits.ScoreDocs[0].Score);
        }
    }

    [Fact]
    public void Bulk_writer_sample_finds_its_document()
    {
        var (encoder, scale, text) = (_encoder, _scale, Text);
        using var writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer));

        // <sample>
        using var bulk = new ImpactBulkWriter(writer, "body", scale);
        bulk.Add([new StringField("id", "d1", Field.Store.YES)], encoder.Encode(text, TextSide.Document));
        bulk.Flush();
        // </sample>

        AssertFound(writer);
    }

    [Fact]
    public void Rescoring_sample_scores_as_the_exact_query()
    {
        using var reader = IndexOne();
        var (searcher, scale) = (new ImpactSearcher(reader), _scale);
        var vector = _encoder.Encode("cut scenes out of a movie", TextSide.Query);

        // <sample>
        var strongest = new VectorPruning { MaxTerms = 8 }.Apply(vector);
        var candidates = searcher.Search(new ImpactQuery("body", scale.Quantize(strongest)), 100);
        var hits = new ImpactRescorer(new ImpactQuery("body", scale.Quantize(vector))).Rescore(searcher, candidates, 10);
        // </sample>

        var exact = searcher.Search(new ImpactQuery("body", scale.Quantize(vector)), 10);
        Assert.Equal(exact.ScoreDocs.Select(hit => hit.Score), hits.ScoreDocs.Select(hit => hit.Score));
    }

    [Fact]
    public void Idf_query_sample_finds_its_document()
    {
        using var folder = new TemporaryFolder();
        TinyTermSpace.Write(folder, TinyTermSpace.Settings);
        var checkpoint = folder.Path;
        var directory = _directory;
        IndexWithTermsOf(checkpoint);

        // <sample>
        using var reader = DirectoryReader.Open(directory);
        var space = TermSpace.Load(checkpoint);
        var weights = new QueryWeights(IdfWeights.Compute(reader, "body", space.Terms.GetDistinctTerms()));
        using var encoder = new InferenceFreeQueryEncoder(space, weights);
        var analyzer = new LsrAnalyzer(encoder, LsrIndexStamp.Verify(reader, "body", encoder).Scale);
        var query = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", analyzer).Parse("a film about cats");
        var hits = new ImpactSearcher(reader).Search(query, 10);
        // </sample>

        Assert.Equal(1, hits.TotalHits);
    }
#pragma warning restore xUnit1051

    public void Dispose()
    {
        _analyzer.Dispose();
        _encoder.Dispose();
        _directory.Dispose();
    }

    private DirectoryReader IndexOne()
    {
        using var writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer));
        writer.AddDocument([new ImpactField("body", Text, Field.Store.YES)]);
        writer.Commit();
        return DirectoryReader.Open(_directory);
    }

    private void AssertFound(IndexWriter writer)
    {
        using var reader = writer.GetReader(applyAllDeletes: true);
        var query = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", _analyzer).Parse("cut scenes");
        Assert.Equal(1, new ImpactSearcher(reader).Search(query, 10).TotalHits);
    }

    private void IndexWithTermsOf(string checkpoint)
    {
        using var documents = new WordCountEncoder { VocabularyId = TermSpace.Load(checkpoint).VocabularyId };
        using var analyzer = new LsrAnalyzer(documents, _scale);
        using var writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));
        writer.AddDocument([new ImpactField("body", "film of a cat and a dog", Field.Store.YES)]);
        LsrIndexStamp.Write(writer, "body", documents, analyzer.Scale);
        writer.Commit();
    }

    private sealed class BrokenEncoder : ISparseEncoder
    {
        public string VocabularyId => "broken";

        public IReadOnlyList<SparseVector> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
            throw new HttpRequestException("The encoder is down.");

        public void Dispose()
        {
        }
    }
}
