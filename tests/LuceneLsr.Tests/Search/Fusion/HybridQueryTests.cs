using CsCheck;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using LuceneLsr.Documents;
using LuceneLsr.Search;
using LuceneLsr.Search.Fusion;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search.Fusion;

public class HybridQueryTests
{
    private const string Body = ImpactIndex.Body;

    private static readonly Gen<float> Weights = Gen.OneOf(Gen.Const(0f), Gen.Const(1f), Gen.Float[0.01f, 50]);

    private static readonly Similarity[] Similarities = [new DefaultSimilarity(), new BM25Similarity()];

    private static readonly Query[] Lexical =
    [
        Has("t1"),
        new BooleanQuery { { Has("t2"), Occur.SHOULD }, { Has("t3"), Occur.SHOULD } },
        new BooleanQuery { { Has("t4"), Occur.MUST }, { Has("t5"), Occur.MUST_NOT } },
        new PrefixQuery(new Term(Body, "t1")) { Boost = 3 },
        Has("unknown"),
    ];

    [Fact]
    public void Search_any_collection_adds_up_scores_of_lone_queries() => Gen.Select(
        ImpactCollection.Any, Gen.Int[0, Lexical.Length - 1], Weights, Weights, Gen.Int[0, 1], Gen.Bool).Sample(
        (collection, lexicalIndex, impactWeight, lexicalWeight, similarity, inOrder) =>
        {
            var lexical = Lexical[lexicalIndex];
            using var index = collection.Index();
            var searcher = index.Open();
            searcher.Similarity = Similarities[similarity];
            var impacts = new ImpactQuery(Body, ImpactCollection.QueryScale.Quantize(collection.Query));
            var hybrid = new HybridQuery(
                new WeightedQuery(impacts, impactWeight), new WeightedQuery(lexical, lexicalWeight)) { Boost = 2 };
            var expected = AddUp(
                (ImpactIndex.Search(searcher, impacts), 2 * impactWeight),
                (ImpactIndex.Search(searcher, lexical), 2 * lexicalWeight));
            AssertClose(expected, ImpactIndex.Search(searcher, hybrid, inOrder));
        },
        iter: 200);

    [Fact]
    public void Explain_any_document_equals_score() => ImpactCollection.Any.Sample(
        collection =>
        {
            using var index = collection.Index();
            var searcher = index.Open();
            searcher.Similarity = new DefaultSimilarity();
            var hybrid = new HybridQuery(
                new WeightedQuery(new ImpactQuery(Body, ImpactCollection.QueryScale.Quantize(collection.Query)), 0.3f),
                new WeightedQuery(Lexical[1], 7)) { Boost = 0.5f };
            var found = searcher.Search(hybrid, Math.Max(1, searcher.IndexReader.MaxDoc)).ScoreDocs;
            var scores = found.ToDictionary(hit => hit.Doc, hit => hit.Score);
            for (var document = 0; document < searcher.IndexReader.MaxDoc; document++)
            {
                var explanation = searcher.Explain(hybrid, document);
                Assert.Equal(scores.ContainsKey(document), explanation.IsMatch);
                Assert.Equal(scores.GetValueOrDefault(document), explanation.Value, explanation.Value * 1e-6);
            }
        },
        iter: 50);

    [Fact]
    public void Search_under_filter_returns_its_documents_only() => ImpactCollection.Any.Sample(
        collection =>
        {
            using var index = collection.Index();
            var searcher = index.Open();
            var hybrid = new HybridQuery(
                new WeightedQuery(new ImpactQuery(Body, ImpactCollection.QueryScale.Quantize(collection.Query))),
                new WeightedQuery(Has("t2"), 5));
            var filter = new QueryWrapperFilter(Has("t3"));
            var all = ImpactIndex.Search(searcher, hybrid);
            var kept = ImpactIndex.Search(searcher, Has("t3"));
            AssertClose(
                all.Where(hit => kept.ContainsKey(hit.Key)).ToDictionary(),
                ImpactIndex.Search(searcher, new FilteredQuery(hybrid, filter)));
        },
        iter: 50);

    [Fact]
    public void Search_inside_boolean_query_keeps_scores_of_both() => Gen.Select(ImpactCollection.Any, Gen.Bool).Sample(
        (collection, inOrder) =>
        {
            using var index = collection.Index();
            var searcher = index.Open();
            searcher.Similarity = new DefaultSimilarity();
            var hybrid = new HybridQuery(
                new WeightedQuery(new ImpactQuery(Body, ImpactCollection.QueryScale.Quantize(collection.Query))),
                new WeightedQuery(Has("t2"), 5)) { Boost = 3 };
            var both = new BooleanQuery(disableCoord: true) { { hybrid, Occur.MUST }, { Has("t1"), Occur.MUST } };
            var (first, second) = (ImpactIndex.Search(searcher, hybrid), ImpactIndex.Search(searcher, Has("t1")));
            AssertClose(
                first.Where(hit => second.ContainsKey(hit.Key))
                    .ToDictionary(hit => hit.Key, hit => hit.Value + second[hit.Key]),
                ImpactIndex.Search(searcher, both, inOrder));
        },
        iter: 100);

    [Fact]
    public void Explain_shows_weights_and_scores()
    {
        using var index = CreateProducts();
        var hybrid = new HybridQuery(new WeightedQuery(new ImpactQuery(Body, [new("alpha", 150)]), 0.5f)) { Boost = 4 };
        var sum = index.Open().Explain(hybrid, 0);
        var product = Assert.Single(sum.GetDetails());
        Assert.Equal([2f, 150 * 37], product.GetDetails().Select(detail => detail.Value));
    }

    // In a Boolean query, coord takes two thirds from a document that matches one of three clauses.
    [Fact]
    public void Search_document_that_matches_one_of_three_queries_keeps_its_score()
    {
        using var index = CreateProducts();
        var searcher = index.Open();
        searcher.Similarity = new DefaultSimilarity();
        var hybrid = new HybridQuery(
            new WeightedQuery(new ImpactQuery(Body, [new("alpha", 150)])),
            new WeightedQuery(new TermQuery(new Term("title", "gamma")), 100),
            new WeightedQuery(new TermQuery(new Term("title", "delta")), 100));
        var scores = ImpactIndex.Search(searcher, hybrid);
        Assert.Equal(150 * 37, scores["d1"]);
        Assert.Equal(140.5465, scores["d2"], 1e-3); // 100 (1 + ln 3/2)
    }

    [Fact]
    public void Search_without_parts_finds_nothing()
    {
        using var index = CreateProducts();
        Assert.Equal(0, index.Open().Search(new HybridQuery(), 10).TotalHits);
    }

    [Fact]
    public void Equals_depends_on_parts_weights_and_boost()
    {
        HybridQuery[] queries =
        [
            new(new WeightedQuery(Has("a"))), new(new WeightedQuery(Has("a"), 2)), new(new WeightedQuery(Has("b"))),
            new(new WeightedQuery(Has("a"))) { Boost = 2 }, new(),
        ];
        foreach (var (i, query) in queries.Index())
        {
            var same = (HybridQuery)query.Clone();
            Assert.Equal(query, same);
            Assert.Equal(query.GetHashCode(), same.GetHashCode());
            Assert.DoesNotContain(query, queries.Where((_, other) => other != i));
        }
    }

    [Fact]
    public void ToString_shows_weights_and_boost() => Assert.Equal(
        "hybrid(0.5 x (a) + 2 x (other:b))^3",
        new HybridQuery(
            new WeightedQuery(Has("a"), 0.5f), new WeightedQuery(new TermQuery(new Term("other", "b")), 2))
        {
            Boost = 3,
        }.ToString(Body));

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Create_with_invalid_weight_throws(float weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightedQuery(Has("a"), weight));

    private static TermQuery Has(string term) => new(new Term(Body, term));

    private static ImpactIndex CreateProducts()
    {
        var index = new ImpactIndex(new KeywordAnalyzer());
        index.Add("d1", new ImpactField(Body, new SparseVector([new("alpha", 37)]), ImpactScale.Identity));
        index.Add("d2", new StringField("title", "gamma", Field.Store.NO));
        index.Add("d3", new ImpactField(Body, new SparseVector([new("beta", 1)]), ImpactScale.Identity));
        return index;
    }

    private static Dictionary<string, float> AddUp(params (Dictionary<string, float> Scores, float Weight)[] parts) =>
        parts.SelectMany(part => part.Scores.Select(hit => (hit.Key, Score: (double)hit.Value * part.Weight)))
            .GroupBy(hit => hit.Key)
            .ToDictionary(hits => hits.Key, hits => (float)hits.Sum(hit => hit.Score));

    private static void AssertClose(Dictionary<string, float> expected, Dictionary<string, float> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (id, score) in expected)
        {
            Assert.Equal(score, actual[id], Math.Abs(score) * 1e-6f + 1e-6f);
        }
    }
}
