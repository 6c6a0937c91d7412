using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Indexing;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.TestSupport;
using LuceneLsr.Upgrades;

namespace LuceneLsr.Documentation.Tests.Samples;

/// <summary>The samples of docs/upgrading.md.</summary>
public sealed class UpgradingSamples : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RAMDirectory _directory = new();
    private readonly StandardAnalyzer _words = new(LuceneVersion.LUCENE_48);
    private readonly LsrAnalyzer _former = new(new WordCountEncoder(), new ImpactScale(10));
    private readonly LsrAnalyzer _next = new(new WordCountEncoder { VocabularyId = "word-counts-2" }, new ImpactScale(20));

    public void Dispose()
    {
        _words.Dispose();
        _former.Dispose();
        _next.Dispose();
        _directory.Dispose();
        _folder.Dispose();
    }

#pragma warning disable xUnit1051 // the samples have no test to cancel
    [Fact]
    public async Task Upgrade_samples_replace_the_encoder_of_an_index()
    {
        AddOneDocument();
        var (directory, words, former, next) = (_directory, _words, _former, _next);

        // <sample>
        var analyzers = new Dictionary<string, Analyzer> { ["body"] = former, ["body.2"] = next };
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new PerFieldAnalyzerWrapper(words, analyzers));
        config.MergePolicy = new SegmentRewritePolicy(config.MergePolicy);
        using var writer = new ImpactIndexWriter(
            directory, config, new Dictionary<string, IEnumerable<string>> { ["body"] = ["body", "body.2"] });
        LsrIndexStamp.Ensure(writer, "body", former.Encoder, former.Scale);
        LsrIndexStamp.Ensure(writer, "body.2", next.Encoder, next.Scale);
        // </sample>

        writer.AddDocument(
            [new StringField("id", "new", Field.Store.YES), new TextField("body", "cut scenes", Field.Store.YES)]);
        await EncodeAsync(writer);
        Assert.Equal(10, Search(writer)); // the former scale
        Compare(writer);

        // <sample>
        FieldVersions.Switch(writer, "body", "body.2");
        writer.Commit();
        // </sample>

        Assert.Equal(20, Search(writer));

        // <sample>
        FieldVersions.Drop(writer, field: "body", version: "body");
        writer.Commit();
        // </sample>

        Assert.Equal(20, Search(writer));
    }

    [Fact]
    public async Task Addition_sample_keeps_the_text_field()
    {
        var (directory, next, text) = (_directory, _next, "cut scenes");
        using (var old = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, _words)))
        {
            old.AddDocument([new TextField("body", "film editor", Field.Store.YES)]);
        }

        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new PerFieldAnalyzerWrapper(
            _words, new Dictionary<string, Analyzer> { ["body.lsr"] = next }));

        // <sample>
        config.MergePolicy = new SegmentRewritePolicy(config.MergePolicy);
        using var writer = new IndexWriter(directory, config);
        LsrIndexStamp.Ensure(writer, "body.lsr", next.Encoder, next.Scale);
        writer.AddDocument(
            [new TextField("body", text, Field.Store.YES), new ImpactField("body.lsr", text, Field.Store.NO)]);
        // </sample>

        await new EncoderUpgrade(writer, new EncoderUpgradeOptions
        {
            Field = "body", NewField = "body.lsr", Analyzer = next, WorkFolder = _folder.File("work"),
        }).RunAsync();
        using var reader = DirectoryReader.Open(writer, applyAllDeletes: true);
        var searcher = new IndexSearcher(reader);
        var phrase = new PhraseQuery { new Term("body", "film"), new Term("body", "editor") };
        Assert.Single(searcher.Search(phrase, 10).ScoreDocs);
        Assert.Single(searcher.Search(new ImpactQuery("body.lsr", [new("editor", 1)]), 10).ScoreDocs);
        Assert.Single(searcher.Search(new ImpactQuery("body.lsr", [new("scenes", 1)]), 10).ScoreDocs);
    }

    [Fact]
    public void Combination_sample_verifies_the_encoder()
    {
        AddOneDocument();
        var (other, encoder) = (_directory, _former.Encoder);
        using var directory = new RAMDirectory();
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, _former));

        // <sample>
        using var reader = DirectoryReader.Open(other);
        LsrIndexStamp.Verify(reader, "body", encoder); // throws if another encoder filled the field
        writer.AddIndexes(other);
        // </sample>

        Assert.Equal(1, writer.NumDocs);
    }

    private async Task EncodeAsync(IndexWriter writer)
    {
        var (next, workFolder, cancellationToken) = (_next, _folder.File("work"), CancellationToken.None);
        var progress = new Progress<EncoderUpgradeProgress>();

        // <sample>
        var upgrade = new EncoderUpgrade(writer, new EncoderUpgradeOptions
        {
            Field = "body",
            NewField = "body.2",
            Analyzer = next,
            WorkFolder = workFolder,
            MaxDocumentsPerSecond = 50,
        });
        await upgrade.RunAsync(progress, cancellationToken);
        writer.Commit();
        // </sample>
    }

    // Returns the score of the document that was there before the upgrade.
    private float Search(IndexWriter writer)
    {
        using var reader = DirectoryReader.Open(writer, applyAllDeletes: true);
        var (searcher, text, words) = (new IndexSearcher(reader), "editor", _words);
        var versions = new Dictionary<string, LsrAnalyzer> { ["body"] = _former, ["body.2"] = _next };

        // <sample>
        var field = FieldVersions.GetCurrent(searcher.IndexReader, "body");
        var parser = new LsrQueryParser(LuceneVersion.LUCENE_48, "body", versions[field], words);
        parser.FieldWeights[field] = 1; // users still write body:film
        var query = parser.Parse(text);
        // </sample>

        var hit = Assert.Single(searcher.Search(query, 10).ScoreDocs);
        return hit.Score / (float)versions[field].Scale.Quantize(1);
    }

    private void Compare(IndexWriter writer)
    {
        using var reader = DirectoryReader.Open(writer, applyAllDeletes: true);
        var (searcher, former, next) = (new IndexSearcher(reader), _former, _next);
        BeirQuery[] queries = [new("q1", "editor")];
        var qrels = new Qrels([new("q1", "old", 1)]);

        // <sample>
        var comparison = VersionComparison.Compare(
            searcher, "id",
            new FieldVersion("body", former.Encoder),
            new FieldVersion("body.2", next.Encoder),
            queries, qrels);
        ComparisonReport.Write(comparison, Console.Out);
        // </sample>

        Assert.Equal(1, comparison.MeanOverlap);
    }

    private void AddOneDocument()
    {
        using var writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, _former));
        LsrIndexStamp.Ensure(writer, "body", _former.Encoder, _former.Scale);
        writer.AddDocument(
        [
            new StringField("id", "old", Field.Store.YES),
            new ImpactField("body", "film editor", Field.Store.YES),
        ]);
    }
}
