using CsCheck;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Encoding;
using LuceneLsr.QueryParsing;
using LuceneLsr.Similarities;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.QueryParsing;

/// <summary>Index scores against a twin that multiplies the quantized vectors by brute force.</summary>
public class ImpactQueriesTests
{
    private const string Body = ImpactIndex.Body;

    private static readonly ImpactScale DocumentScale = new(10, 600);
    private static readonly ImpactScale QueryScale = new(7, 100);

    private static readonly Gen<Collection> Collections = Gen.Select(
        Gen.Select(Vectors(terms: 40, most: 25), Gen.Frequency((4, false), (1, true))).Array[0, 25],
        Vectors(terms: 45, most: 30),
        Gen.Int[1, 8],
        (documents, query, segmentSize) => new Collection(documents, query, segmentSize));

    [Fact]
    public void Scores_are_the_dot_products_of_the_quantized_vectors() => Collections.Sample(
        collection =>
        {
            using var index = Index(collection);
            var query = ImpactQueries.Create(Body, collection.Query, QueryScale);
            var expected = collection.Scores();
            Assert.Equal(expected, index.Search(query));
            Assert.Equal(expected, index.Search(query, inOrder: true));
        },
        iter: 300);

    [Fact]
    public void An_explanation_has_the_value_of_the_score() => Collections.Sample(
        collection =>
        {
            using var index = Index(collection);
            var searcher = index.Open();
            var query = ImpactQueries.Create(Body, collection.Query, QueryScale);
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
        var collection = new Collection(
            [.. Enumerable.Range(1, 40).Select(step => (Every(step, count), step % 6 == 0))], Every(1, count), 9);
        using var index = Index(collection);

        var query = ImpactQueries.Create(Body, collection.Query, QueryScale);
        Assert.Equal(collection.Scores(), index.Search(query));
        Assert.Equal(collection.Scores(), index.Search(query, inOrder: true));
        Assert.Equal(limit, BooleanQuery.MaxClauseCount);
    }

    [Fact]
    public void The_empty_vector_matches_nothing()
    {
        using var index = Index(new([(Every(1, 5), false)], SparseVector.Empty, 1));
        Assert.Empty(index.Search(ImpactQueries.Create(Body, SparseVector.Empty, QueryScale)));
        Assert.Empty(index.Search(ImpactQueries.Create(Body, new([new("t1", 0.01f)]), QueryScale)));
    }

    [Fact]
    public void A_reader_sees_what_is_not_committed_and_keeps_what_it_saw()
    {
        using var index = Index(new([(Every(1, 5), false)], SparseVector.Empty, 1));
        var query = ImpactQueries.Create(Body, new([new("t0", 1)]), ImpactScale.Identity);
        using var reader = DirectoryReader.Open(index.Writer, applyAllDeletes: true);
        index.Add("d1", new ImpactField(Body, new SparseVector([new("t0", 300)]), ImpactScale.Identity));
        using var newer = DirectoryReader.OpenIfChanged(reader);

        Assert.Equal(["d0"], ImpactIndex.Search(Searcher(reader), query).Keys);
        Assert.Equal(300, ImpactIndex.Search(Searcher(newer), query)["d1"]);
    }

    private static IndexSearcher Searcher(IndexReader reader) =>
        new(reader) { Similarity = new ImpactSimilarity() };

    private static Gen<SparseVector> Vectors(int terms, int most) =>
        Gen.Dictionary(Gen.Int[0, terms - 1], Gen.Float[0f, 80f])[0, most].Select(weights =>
            new SparseVector(weights.Select(entry => new TermWeight($"t{entry.Key}", entry.Value))));

    private static SparseVector Every(int step, int count) => new(
        Enumerable.Range(0, count)
            .Where(i => i % step == 0)
            .Select(i => new TermWeight($"t{i}", 0.1f + (i % 13 * 0.3f))));

    private static ImpactIndex Index(Collection collection)
    {
        var encoder = new TableEncoder(collection.Documents.Index().ToDictionary(
            document => $"text {document.Index}", document => document.Item.Vector));
        var index = new ImpactIndex(new LsrAnalyzer(encoder, DocumentScale));
        foreach (var (i, _) in collection.Documents.Index())
        {
            index.Add($"d{i}", new ImpactField(Body, $"text {i}", Field.Store.NO));
            if ((i + 1) % collection.SegmentSize == 0)
            {
                index.Writer.Commit();
            }
        }

        foreach (var (i, document) in collection.Documents.Index().Where(document => document.Item.Deleted))
        {
            index.Writer.DeleteDocuments(new Term("id", $"d{i}"));
        }

        return index;
    }

    private sealed record Collection(
        (SparseVector Vector, bool Deleted)[] Documents, SparseVector Query, int SegmentSize)
    {
        public Dictionary<string, float> Scores()
        {
            var query = QueryScale.Quantize(Query).ToDictionary(term => term.Term, term => (long)term.Impact);
            return Documents.Index()
                .Where(document => !document.Item.Deleted)
                .Select(document => (
                    Id: $"d{document.Index}",
                    Score: DocumentScale.Quantize(document.Item.Vector).Sum(
                        term => term.Impact * query.GetValueOrDefault(term.Term))))
                .Where(document => document.Score > 0)
                .ToDictionary(document => document.Id, document => (float)document.Score);
        }
    }
}
