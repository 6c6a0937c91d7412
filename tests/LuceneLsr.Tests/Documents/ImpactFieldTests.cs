using Lucene.Net.Documents;
using Lucene.Net.Index;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Documents;

public sealed class ImpactFieldTests : IDisposable
{
    private const string Body = ImpactIndex.Body;

    private static readonly ImpactScale Scale = new(200);

    private readonly ImpactIndex _index = new(new LsrAnalyzer(new WordEncoder(), Scale));

    public void Dispose() => _index.Dispose();

    [Fact]
    public void Index_text_stores_document_and_impact_postings()
    {
        _index.Add("d1", new ImpactField(Body, "cut scenes", Field.Store.NO));
        _index.Add("d2", new ImpactField(Body, "scenes of scenes", Field.Store.NO));
        Assert.Equal(new() { ["d1"] = 200, ["d2"] = 400 }, _index.Postings(Body, "scenes"));
        Assert.Equal(new() { ["d1"] = 100, ["d2"] = 200 }, _index.Postings(Body, "film"));
        Assert.Equal(new() { ["d1"] = 200 }, _index.Postings(Body, "cut"));
    }

    [Fact]
    public void Index_precomputed_vector_stores_same_postings_as_text()
    {
        var vector = new WordEncoder().Encode("cut scenes", TextSide.Document, TestContext.Current.CancellationToken);
        _index.Add("text", new ImpactField(Body, "cut scenes", Field.Store.NO));
        _index.Add("vector", new ImpactField(Body, vector, Scale));
        foreach (var (term, impact) in Scale.Quantize(vector))
        {
            Assert.Equal(new() { ["text"] = impact, ["vector"] = impact }, _index.Postings(Body, term));
        }
    }

    [Fact]
    public void Index_same_field_instance_twice_stores_both_documents()
    {
        var field = new ImpactField(Body, new SparseVector([new("film", 1)]), Scale);
        _index.Add("d1", field);
        _index.Add("d2", field);
        Assert.Equal(new() { ["d1"] = 200, ["d2"] = 200 }, _index.Postings(Body, "film"));
    }

    [Fact]
    public void Index_stores_frequencies_without_positions_and_norms()
    {
        _index.Add("d1", new ImpactField(Body, "cut scenes", Field.Store.NO));
        var leaf = Assert.Single(_index.Open().IndexReader.Leaves).AtomicReader;
        var info = leaf.FieldInfos.FieldInfo(Body);
        Assert.Equal(IndexOptions.DOCS_AND_FREQS, info.IndexOptions);
        Assert.True(info.OmitsNorms);
        Assert.Null(leaf.GetNormValues(Body));
        Assert.Null(leaf.GetTermPositionsEnum(new Term(Body, "scenes")));
    }

    [Fact]
    public void Store_option_decides_whether_text_is_stored()
    {
        _index.Add("d1", new ImpactField(Body, "cut scenes", Field.Store.YES));
        _index.Add("d2", new ImpactField(Body, "cut scenes", Field.Store.NO));
        var searcher = _index.Open();
        Assert.Equal("cut scenes", searcher.Doc(0).Get(Body));
        Assert.Null(searcher.Doc(1).Get(Body));
    }

    [Fact]
    public void Index_term_above_max_length_throws_with_field_name()
    {
        var tooLong = new SparseVector([new(new string('x', 32_767), 1)]);
        var error = Assert.Throws<ArgumentException>(() => _index.Add("d1", new ImpactField(Body, tooLong, Scale)));
        Assert.Contains($"\"{Body}\"", error.Message, StringComparison.Ordinal);

        _index.Add("d2", new ImpactField(Body, new SparseVector([new(new string('x', 32_766), 1)]), Scale));
        Assert.Equal(new() { ["d2"] = 200 }, _index.Postings(Body, new string('x', 32_766)));
    }
}
