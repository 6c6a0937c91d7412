using CsCheck;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.Similarities;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search;

/// <summary>Index scores against a twin that multiplies the quantized vectors by brute force.</summary>
public class BooleanImpactQueryTests
{
    private const string Body = ImpactIndex.Body;

    [Fact]
    public void Scores_are_the_dot_products_of_the_quantized_vectors() => ImpactCollection.Any.Sample(
        collection =>
        {
            using var index = collection.Index();
            var query = BooleanImpactQuery.Create(Body, collection.Query, ImpactCollection.QueryScale);
            var expected = collection.Scores();
            Assert.Equal(expected, index.Search(query));
            Assert.Equal(expected, index.Search(query, inOrder: true));
        },
        iter: 300);

    [Fact]
    public void An_explanation_has_the_value_of_the_score() => ImpactCollection.Any.Sample(
        collection =>
        {
            using var index = collection.Index();
            var searcher = index.Open();
            var query = BooleanImpactQuery.Create(Body, collection.Query, ImpactCollection.QueryScale);
            foreach (var hit in searcher.Search(query, 5).ScoreDocs)
            {
                Assert.Equal(hit.Score, searcher.Explain(query, hit.Doc).Value);
            }
        },
        iter: 50);

    [Theory]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(5_000)]
    public void A_query_may_have_more_terms_than_a_boolean_query_has_clauses(int count)
    {
        var limit = BooleanQuery.MaxClauseCount;
        var collection = new ImpactCollection(
            [.. Enumerable.Range(1, 40).Select(step => (Every(step, count), step % 6 == 0))], Every(1, count), 9);
        using var index = collection.Index();

        var query = BooleanImpactQuery.Create(Body, collection.Query, ImpactCollection.QueryScale);
        Assert.Equal(collection.Scores(), index.Search(query));
        Assert.Equal(collection.Scores(), index.Search(query, inOrder: true));
        Assert.Equal(limit, BooleanQuery.MaxClauseCount);
    }

    [Fact]
    public void The_empty_vector_matches_nothing()
    {
        using var index = new ImpactCollection([(Every(1, 5), false)], SparseVector.Empty, 1).Index();
        Assert.Empty(index.Search(BooleanImpactQuery.Create(Body, SparseVector.Empty, ImpactCollection.QueryScale)));
        Assert.Empty(index.Search(BooleanImpactQuery.Create(Body, new([new("t1", 0.01f)]), ImpactCollection.QueryScale)));
    }

    [Fact]
    public void A_reader_sees_what_is_not_committed_and_keeps_what_it_saw()
    {
        using var index = new ImpactCollection([(Every(1, 5), false)], SparseVector.Empty, 1).Index();
        var query = BooleanImpactQuery.Create(Body, new([new("t0", 1)]), ImpactScale.Identity);
        using var reader = DirectoryReader.Open(index.Writer, applyAllDeletes: true);
        index.Add("d1", new ImpactField(Body, new SparseVector([new("t0", 300)]), ImpactScale.Identity));
        using var newer = DirectoryReader.OpenIfChanged(reader);

        Assert.Equal(["d0"], ImpactIndex.Search(Searcher(reader), query).Keys);
        Assert.Equal(300, ImpactIndex.Search(Searcher(newer), query)["d1"]);
    }

    private static IndexSearcher Searcher(IndexReader reader) =>
        new(reader) { Similarity = new ImpactSimilarity() };

    private static SparseVector Every(int step, int count) => new(
        Enumerable.Range(0, count)
            .Where(i => i % step == 0)
            .Select(i => new TermWeight($"t{i}", 0.1f + (i % 13 * 0.3f))));
}
