using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Search;
using LuceneLsr.Search.Feedback;

namespace LuceneLsr.Documentation.Tests.Samples;

/// <summary>The samples of docs/tuning.md.</summary>
public sealed class TuningSamples : IDisposable
{
    private readonly RAMDirectory _directory = new();
    private readonly WordCountEncoder _encoder = new();
    private readonly ImpactScale _scale = new(10);
    private readonly DirectoryReader _reader;

    public TuningSamples()
    {
        using var analyzer = new LsrAnalyzer(_encoder, _scale);
        using var writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));
        foreach (var text in new[] { "cut film scenes", "film scenes trim", "trim hedge" })
        {
            writer.AddDocument([new ImpactField("body", text, Field.Store.YES)]);
        }

        writer.Commit();
        _reader = DirectoryReader.Open(_directory);
    }

#pragma warning disable xUnit1051 // the samples have no test to cancel
    [Fact]
    public void Feedback_sample_finds_documents_by_terms_of_the_first_hits()
    {
        var (searcher, encoder, scale) = (new ImpactSearcher(_reader), _encoder, _scale);
        var filter = default(Filter);

        // <sample>
        var query = new ImpactQuery("body", scale.Quantize(encoder.Encode("cut a film", TextSide.Query)));
        var feedback = new RocchioFeedback { Documents = 5, ExpansionTerms = 20, FeedbackWeight = 0.5f };
        var expanded = feedback.Expand(query, searcher, filter);
        var hits = searcher.Search(expanded, filter, 10);
        // </sample>

        Assert.Equal([0, 1, 2], hits.ScoreDocs.Select(hit => hit.Doc)); // the last one by "trim"
    }

    [Fact]
    public void Chosen_documents_sample_expands_by_them()
    {
        var (searcher, query) = (new ImpactSearcher(_reader), new ImpactQuery("body", [new("cut", 10)]));
        int[] clicked = [2];

        // <sample>
        var documents = DocumentImpacts.Read(searcher.IndexReader, "body", clicked);
        var expanded = new RocchioFeedback { FeedbackWeight = 1 }.Expand(query, documents);
        // </sample>

        Assert.Equal(["cut", "hedge", "trim"], expanded.Terms.Select(term => term.Term));
    }

    [Fact]
    public void More_like_this_sample_finds_other_documents()
    {
        var (searcher, document) = (new ImpactSearcher(_reader), 1);

        // <sample>
        var like = new ImpactMoreLikeThis { MaxTerms = 25, MinDocumentFrequency = 2, MaxDocumentShare = 0.9f };
        var query = like.CreateQuery(searcher.IndexReader, "body", [document]);
        var hits = searcher.Search(query, new ExcludedDocuments(document), 10);
        // </sample>

        Assert.Equal([0, 2], hits.ScoreDocs.Select(hit => hit.Doc));
    }

#pragma warning restore xUnit1051

    public void Dispose()
    {
        _reader.Dispose();
        _encoder.Dispose();
        _directory.Dispose();
    }
}
