using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Documents;
using LuceneLsr.Search;
using LuceneLsr.Search.Fusion;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search.Fusion;

/// <summary>
/// Two fields rank the documents d1 to d4 differently: "body" with scores 40, 30, 10 and "title" with 8 for d4, 4 for
/// d2.
/// </summary>
public sealed class FusedSearchTests : IDisposable
{
    private static readonly WeightedQuery Body = new(new ImpactQuery("body", [new("a", 1)]));
    private static readonly WeightedQuery Title = new(new ImpactQuery("title", [new("a", 1)]));

    private readonly ImpactIndex _index = new(new KeywordAnalyzer());
    private readonly IndexSearcher _searcher;

    public FusedSearchTests()
    {
        _index.Add("d1", Impact("body", 40));
        _index.Add("d2", Impact("body", 30), Impact("title", 4));
        _index.Add("d3", Impact("body", 10));
        _index.Add("d4", Impact("title", 8));
        _index.Add("d5");
        _searcher = _index.Open();
    }

    public void Dispose() => _index.Dispose();

    // d2 is second in both rankings.
    [Fact]
    public void Search_by_reciprocal_rank_adds_up_inverse_ranks() => AssertHits(
        new FusedSearch(FusionMethod.ReciprocalRank(), Body, Title),
        ("d2", (1 / 62.0) + (1 / 62.0)), ("d1", 1 / 61.0), ("d4", 1 / 61.0), ("d3", 1 / 63.0));

    [Fact]
    public void Search_by_reciprocal_rank_with_weights_weighs_rankings() => AssertHits(
        new FusedSearch(FusionMethod.ReciprocalRank(constant: 0), Body, new WeightedQuery(Title.Query, 3)),
        ("d4", 3), ("d2", (1 / 2.0) + (3 / 2.0)), ("d1", 1), ("d3", 1 / 3.0));

    // Body: 40, 30 and 10 become 1, 2/3 and 0. Title: 8 and 4 become 1 and 0.
    [Fact]
    public void Search_by_min_max_scales_each_ranking() => AssertHits(
        new FusedSearch(FusionMethod.MinMax, new WeightedQuery(Body.Query, 0.6f), new WeightedQuery(Title.Query, 0.5f)),
        ("d1", 0.6), ("d4", 0.5), ("d2", 0.4), ("d3", 0));

    // Body has mean 80/3 and deviation sqrt(1400/9), title mean 6 and deviation 2. Missing documents get the minimum.
    [Fact]
    public void Search_by_z_score_standardizes_each_ranking()
    {
        var deviation = Math.Sqrt(1400 / 9.0);
        AssertHits(
            new FusedSearch(FusionMethod.ZScore, Body, Title),
            ("d1", (40 / 3.0 / deviation) - 1), ("d4", (-50 / 3.0 / deviation) + 1), ("d2", (10 / 3.0 / deviation) - 1),
            ("d3", (-50 / 3.0 / deviation) - 1));
    }

    [Fact]
    public void Search_equal_scores_count_as_best_by_min_max_and_as_nothing_by_z_score()
    {
        double[] equal = [5, 5];
        Assert.Equal([1.0, 1.0], FusionMethod.MinMax.Normalize(equal).Scores);
        Assert.Equal([0.0, 0.0], FusionMethod.ZScore.Normalize(equal).Scores);
        Assert.Equal(0, FusionMethod.ZScore.Normalize([]).Missing);
    }

    [Fact]
    public void Search_under_filter_ranks_its_documents_only()
    {
        var filter = new QueryWrapperFilter(new TermQuery(new Term("title", "a")));
        var hits = new FusedSearch(FusionMethod.ReciprocalRank(), Body, Title).Search(_searcher, 10, filter);
        Assert.Equal(["d2", "d4"], Ids(hits).Order());
        Assert.Equal((float)((1 / 61.0) + (1 / 62.0)), hits.ScoreDocs[0].Score);
    }

    [Fact]
    public void Search_with_depth_fuses_first_hits_only() => AssertHits(
        new FusedSearch(FusionMethod.ReciprocalRank(), Body, Title) { Depth = 1 }, 1, ("d1", 1 / 61.0));

    [Fact]
    public void Search_more_hits_than_depth_throws() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new FusedSearch(FusionMethod.ReciprocalRank(), Body, Title) { Depth = 1 }.Search(_searcher, 2));

    [Fact]
    public void Create_with_null_among_queries_throws()
    {
        Assert.Throws<ArgumentNullException>(() => new FusedSearch(FusionMethod.MinMax, Body, null!));
        Assert.Throws<ArgumentNullException>(() => new HybridQuery(Body, null!));
    }

    [Fact]
    public void Normalize_ranks_with_largest_constant_gives_positive_scores() => Assert.All(
        FusionMethod.ReciprocalRank(int.MaxValue).Normalize([2, 1]).Scores, score => Assert.True(score > 0));

    [Fact]
    public void Create_with_depth_below_1_throws() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new FusedSearch(FusionMethod.MinMax) { Depth = 0 });

    [Fact]
    public void Search_with_count_returns_best_hits_and_all_as_total()
    {
        var hits = new FusedSearch(FusionMethod.ReciprocalRank(), Body, Title).Search(_searcher, 1);
        Assert.Equal(["d2"], Ids(hits));
        Assert.Equal(4, hits.TotalHits);
    }

    [Fact]
    public void Search_without_hits_returns_none()
    {
        var search = new FusedSearch(FusionMethod.ZScore, new WeightedQuery(new ImpactQuery("body", [new("x", 1)])));
        Assert.Empty(search.Search(_searcher, 10).ScoreDocs);
    }

    [Fact]
    public void Explain_each_document_equals_score()
    {
        var search = new FusedSearch(FusionMethod.ZScore, Body, Title);
        foreach (var hit in search.Search(_searcher, 10).ScoreDocs)
        {
            var explanation = search.Explain(_searcher, hit.Doc);
            Assert.Equal(hit.Score, explanation.Value);
            Assert.True(explanation.IsMatch);
        }

        Assert.False(search.Explain(_searcher, 4).IsMatch);
        Assert.Contains("rank 2 of:", search.Explain(_searcher, 1).ToString(), StringComparison.Ordinal);
        Assert.Contains("not among the hits", search.Explain(_searcher, 0).ToString(), StringComparison.Ordinal);
    }

    private static ImpactField Impact(string field, int impact) =>
        new(field, new SparseVector([new("a", impact)]), ImpactScale.Identity);

    private void AssertHits(FusedSearch search, params (string Id, double Score)[] expected) =>
        AssertHits(search, 10, expected);

    private void AssertHits(FusedSearch search, int count, params (string Id, double Score)[] expected)
    {
        var hits = search.Search(_searcher, count);
        Assert.Equal(expected.Select(hit => hit.Id), Ids(hits));
        Assert.All(hits.ScoreDocs.Zip(expected), hit => Assert.Equal(hit.Second.Score, hit.First.Score, 1e-6));
    }

    private IEnumerable<string> Ids(TopDocs hits) => hits.ScoreDocs.Select(hit => _searcher.Doc(hit.Doc).Get("id"));
}
