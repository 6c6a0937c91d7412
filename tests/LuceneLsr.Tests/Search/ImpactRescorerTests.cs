using CsCheck;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search;

public class ImpactRescorerTests
{
    private const string Body = ImpactIndex.Body;

    private static readonly Gen<float> Boosts = Gen.OneOf(Gen.Const(1f), Gen.Const(0.3f), Gen.Const(-2f));

    [Fact]
    public void Rescore_all_matches_equals_exact_search() => Gen.Select(
        ImpactCollection.Any, Boosts, Gen.Bool, Gen.Int[1, 30]).Sample(
        (collection, boost, isCached, count) =>
        {
            using var index = collection.Index();
            var searcher = new ImpactSearcher(index.Open().IndexReader);
            var terms = ImpactCollection.QueryScale.Quantize(collection.Query);
            var cache = isCached ? new ImpactCache(long.MaxValue) : null;
            var full = new ImpactQuery(Body, terms, cache) { Boost = boost };
            var unweighted = new ImpactQuery(Body, terms.Select(term => term with { Impact = 1 }), cache);
            var slow = BooleanImpactQuery.Create(Body, collection.Query, ImpactCollection.QueryScale);
            slow.Boost = boost;
            var expected = searcher.Search(slow, count);
            var actual = new ImpactRescorer(full).Rescore(searcher, searcher.Search(unweighted, 30), count);
            Assert.Equal(expected.TotalHits, actual.TotalHits);
            Assert.Equal(
                expected.ScoreDocs.Select(hit => (hit.Doc, hit.Score)),
                actual.ScoreDocs.Select(hit => (hit.Doc, hit.Score)));
        },
        iter: 200);

    [Fact]
    public void Rescore_hit_without_query_terms_scores_zero()
    {
        var collection = new ImpactCollection(
            [(new SparseVector([new("t1", 1)]), false), (new SparseVector([new("t2", 1)]), false)],
            SparseVector.Empty, SegmentSize: 1);
        using var index = collection.Index();
        var searcher = index.Open();
        var first = searcher.Search(new Lucene.Net.Search.MatchAllDocsQuery(), 2);
        var rescored = new ImpactRescorer(new ImpactQuery(Body, [new TermImpact("t2", 3)])).Rescore(searcher, first, 5);
        Assert.Equal([(1, 30f), (0, 0f)], rescored.ScoreDocs.Select(hit => (hit.Doc, hit.Score)));
        Assert.Equal(30, new ImpactRescorer(new ImpactQuery(Body, [new TermImpact("t2", 3)]))
            .Explain(searcher, new Lucene.Net.Search.Explanation(), 1).Value);
    }
}
