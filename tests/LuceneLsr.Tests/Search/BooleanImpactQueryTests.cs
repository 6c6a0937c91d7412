using CsCheck;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Documents;
using LuceneLsr.Search;
using LuceneLsr.Similarities;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search;

/// <summary>Compares index scores with brute-force dot products of the quantized vectors.</summary>
public class BooleanImpactQueryTests
{
    private const string Body = ImpactIndex.Body;

    [Fact]
    public void Score_of_any_collection_equals_dot_product_of_quantized_vectors() => ImpactCollection.Any.Sample(
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
    public void Explain_returns_value_equal_to_score() => ImpactCollection.Any.Sample(
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
    public void Create_with_more_terms_than_max_clause_count_keeps_scores(int count)
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
    public void Create_from_empty_vector_matches_no_document()
    {
        using var index = new ImpactCollection([(Every(1, 5), false)], SparseVector.Empty, 1).Index();
        SparseVector[] vectors = [SparseVector.Empty, new([new("t1", 0.01f)])]; // an impact of 0
        Assert.All(vectors, vector => Assert.Empty(
            index.Search(BooleanImpactQuery.Create(Body, vector, ImpactCollection.QueryScale))));
    }

    [Fact]
    public void Near_real_time_reader_finds_uncommitted_documents_of_its_snapshot()
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
