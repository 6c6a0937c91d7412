using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Search;
using LuceneLsr.Similarities;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Similarities;

public class ImpactSimilarityTests
{
    private const string Body = ImpactIndex.Body;

    private static readonly LsrAnalyzer Lsr = new(new WordEncoder(), new ImpactScale(10));

    [Fact]
    public void Score_of_term_query_is_weight_times_impact()
    {
        using var index = new ImpactIndex(Lsr);
        index.Add("d1", new ImpactField(Body, new SparseVector([new("film", 300)]), ImpactScale.Identity));
        index.Add("d2", new ImpactField(Body, new SparseVector([new("film", 7), new("cut", 9)]), ImpactScale.Identity));
        Assert.Equal(new() { ["d1"] = 1_500, ["d2"] = 35 }, index.Search(Film(boost: 5)));
        Assert.Equal(new() { ["d1"] = 225, ["d2"] = 5.25f }, index.Search(Film(boost: 0.75f)));
    }

    [Fact]
    public void Score_of_nested_queries_multiplies_boosts()
    {
        using var index = new ImpactIndex(Lsr);
        index.Add("d1", new ImpactField(Body, "film cut", Field.Store.NO));
        var cut = new TermQuery(new Term(Body, "cut"));
        var inner = new BooleanQuery { { Film(boost: 2), Occur.SHOULD }, { cut, Occur.SHOULD } };
        inner.Boost = 3;
        var outer = new BooleanQuery { { inner, Occur.MUST }, { Film(boost: 1), Occur.SHOULD } };
        outer.Boost = 5;
        Assert.Equal(5 * ((3 * ((2 * 10) + 10)) + 10), index.Search(outer)["d1"]);
    }

    [Fact]
    public void Score_on_text_field_equals_score_on_impact_field()
    {
        using var index = new ImpactIndex(Lsr);
        index.Add("impacts", new ImpactField("impacts", "cut scenes of a film", Field.Store.NO));
        index.Add("text", new TextField("text", "cut scenes of a film", Field.Store.NO));
        index.Add("long text", new TextField("text", "cut scenes of a film and much else", Field.Store.NO));

        var vector = Lsr.Encoder.Encode("cut film", TextSide.Query, TestContext.Current.CancellationToken);
        var expected = index.Search(BooleanImpactQuery.Create("impacts", vector, Lsr.Scale))["impacts"];
        Assert.Equal(
            new() { ["text"] = expected, ["long text"] = expected },
            index.Search(BooleanImpactQuery.Create("text", vector, Lsr.Scale)));
        var info = index.Open().IndexReader.Leaves[0].AtomicReader.FieldInfos.FieldInfo("text");
        Assert.True(info.HasNorms);
        Assert.Equal(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, info.IndexOptions);
    }

    [Fact]
    public void Explain_lists_weight_impact_and_product()
    {
        using var index = new ImpactIndex(Lsr);
        index.Add("d1", new ImpactField(Body, "film", Field.Store.NO));
        var explanation = index.Open().Explain(Film(boost: 4), 0);
        Assert.True(explanation.IsMatch);
        Assert.Equal(40, explanation.Value);

        var product = Assert.Single(explanation.GetDetails());
        Assert.Equal("impact score of body:film, product of:", product.Description);
        Assert.Equal(40, product.Value);
        Assert.Equal(
            [("query weight", 4f), ("impact (term frequency)", 10f)],
            product.GetDetails().Select(detail => (detail.Description, detail.Value)));
    }

    [Fact]
    public void Per_field_similarity_with_BM25_keeps_scores_of_both_fields()
    {
        using var analyzer = new PerFieldAnalyzerWrapper(
            new WhitespaceAnalyzer(LuceneVersion.LUCENE_48),
            new Dictionary<string, Analyzer> { [Body] = Lsr });
        using var both = new ImpactIndex(analyzer, new BodyImpacts());
        using var titles = new ImpactIndex(analyzer, new BM25Similarity());
        (string, string, string)[] documents =
            [("d1", "cut", "film"), ("d2", "cut film", "cut film film"), ("d3", "x", "y")];
        foreach (var (id, title, body) in documents)
        {
            both.Add(id, new TextField("title", title, Field.Store.NO), new ImpactField(Body, body, Field.Store.NO));
            titles.Add(id, new TextField("title", title, Field.Store.NO));
        }

        var cutInTitle = new TermQuery(new Term("title", "cut"));
        var bm25 = titles.Search(cutInTitle);
        Assert.Equal(bm25, both.Search(cutInTitle));
        Assert.Equal(new() { ["d1"] = 20, ["d2"] = 40 }, both.Search(Film(boost: 2)));
        Assert.Equal(
            bm25.ToDictionary(hit => hit.Key, hit => hit.Value + (hit.Key == "d1" ? 20 : 40)),
            both.Search(new BooleanQuery { { cutInTitle, Occur.SHOULD }, { Film(boost: 2), Occur.SHOULD } }));
    }

    private static TermQuery Film(float boost) => new(new Term(Body, "film")) { Boost = boost };

    private sealed class BodyImpacts : PerFieldSimilarityWrapper
    {
        private static readonly Similarity Impacts = new ImpactSimilarity();
        private static readonly Similarity Bm25 = new BM25Similarity();

        public override Similarity Get(string name) => name == Body ? Impacts : Bm25;
    }
}
