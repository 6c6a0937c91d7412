using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Evaluation.Tests.Support;

namespace LuceneLsr.Evaluation.Tests.Rankers;

public sealed class Bm25IndexTests
{
    private static readonly (string, string)[] Documents =
    [
        ("wing", "The wings of an aircraft give lift."),
        ("tail", "The tail of an aircraft gives balance."),
        ("bird", "A bird sings."),
    ];

    [Fact]
    public void Search_finds_documents_by_stem_and_ranks_them()
    {
        using var index = new Bm25Index(Documents);
        Assert.Equal(["wing", "tail"], Ids(index.Search("the winged aircrafts", 10)));
    }

    [Fact]
    public void Score_matches_the_BM25_formula()
    {
        // Equal lengths cancel b: idf f (k1 + 1) / (f + k1), idf = ln(1 + (N - n + 0.5) / (n + 0.5)).
        // The length is 4 because Lucene stores 1 / sqrt(length) in a byte, which is lossless for few lengths only.
        using var index = new Bm25Index(
            [("a", "red red blue pink"), ("b", "blue pink grey lime"), ("c", "gold lime pink teal")]);
        var expected = Math.Log(1 + (2.5 / 1.5)) * 2 * 1.9 / (2 + 0.9);
        Assert.Equal(expected, index.Search("red", 1)[0].Score, 1e-6);
    }

    [Fact]
    public void Parameters_of_a_search_replace_the_defaults()
    {
        using var index = new Bm25Index(
            [("a", "red red blue pink"), ("b", "blue pink grey lime"), ("c", "gold lime pink teal")]);
        var expected = Math.Log(1 + (2.5 / 1.5)) * 2 * 3 / (2 + 2);
        Assert.Equal(expected, index.Search("red", 1, new Bm25Parameters { K1 = 2 })[0].Score, 1e-6);
    }

    [Fact]
    public void Search_counts_all_documents_that_match()
    {
        using var index = new Bm25Index(Enumerable.Range(0, 7).Select(
            number => ($"{number}", number % 3 == 0 ? "a wing" : "a boat")));
        Assert.Single(index.Search("wings", 1, Bm25Parameters.Default, out var found));
        Assert.Equal(3, found);
        Assert.Empty(index.Search("zeppelin", 1, Bm25Parameters.Default, out found));
        Assert.Equal(0, found);
    }

    [Fact]
    public void Explanation_has_each_term_and_adds_up_to_the_score()
    {
        using var index = new Bm25Index(Documents);
        var parameters = new Bm25Parameters { K1 = 2, B = 1 };
        var terms = index.Explain("lift of aircraft aircraft zeppelin", "wing", parameters);
        Assert.Equal(["aircraft", "lift"], terms.Entries.Select(entry => entry.Term).Order());
        Assert.Equal(
            index.Search("lift of aircraft aircraft zeppelin", 1, parameters)[0].Score,
            terms.Entries.Sum(entry => entry.Weight), 1e-5);
        Assert.Equal(0, index.Explain("lift", "unknown", parameters).Count);
        Assert.Equal(3, index.CountPostings("lift aircraft"));
    }

    [Fact]
    public void Matching_words_are_found_by_stem() => Assert.Equal(
        [("wing", "winged"), ("aircraft", "aircrafts")],
        Bm25Index.FindWords("wings aircraft", "The winged aircrafts.")
            .Select(word => (word.Term, word.Range.GetText("The winged aircrafts."))));

    [Fact]
    public void Repeated_query_term_is_weighted_by_its_frequency()
    {
        using var index = new Bm25Index(Documents);
        Assert.Equal(3 * index.Search("bird", 1)[0].Score, index.Search("bird birds Bird's", 1)[0].Score, 1e-5);
    }

    [Fact]
    public void Rank_scores_requested_documents_below_the_count()
    {
        using var index = new Bm25Index(Documents);
        var all = index.Search("aircraft wings", 10);
        var request = new RankingRequest("aircraft wings") { AlsoScored = ["bird", "tail", "wing", "unknown"] };
        Assert.Equal(all, Assert.Single(index.Rank([request], 1, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Rank_scores_more_requested_documents_than_a_Boolean_query_has_clauses()
    {
        string[] ids = [.. Enumerable.Range(0, 3_000).Select(number => $"d{number}")];
        using var index = new Bm25Index(
            ids.Select((id, number) => (id, $"bird {(number % 7 == 0 ? "bird" : "wing")}")));
        var request = new RankingRequest("bird") { AlsoScored = ids };
        Assert.Equal(
            index.Search("bird", 3_000).Select(hit => hit.Score),
            Assert.Single(index.Rank([request], 10, TestContext.Current.CancellationToken)).Select(hit => hit.Score));
    }

    [Theory]
    [InlineData("")]
    [InlineData("the of")]
    [InlineData("zeppelin")]
    [InlineData("+ AND (")]
    public void Search_without_known_terms_finds_nothing(string text)
    {
        using var index = new Bm25Index(Documents);
        Assert.Empty(index.Search(text, 10));
    }

    [Fact]
    public void Search_text_with_more_terms_than_Boolean_clauses_is_ranked()
    {
        using var index = new Bm25Index(Documents);
        var padding = string.Join(' ', Enumerable.Range(0, 3_000).Select(number => $"x{number}"));
        Assert.Equal(index.Search("aircraft lift", 10), index.Search($"aircraft {padding} lift", 10));
    }

    [Fact]
    public void Search_from_several_threads_returns_the_same_ranking()
    {
        using var index = new Bm25Index(Documents);
        var expected = index.Search("aircraft lift", 10);
        var found = Enumerable.Range(0, 64).AsParallel().Select(_ => index.Search("aircraft lift", 10));
        Assert.All(found, ranking => Assert.Equal(expected, ranking));
    }

    /// <summary>The published nDCG@10 of Lucene on SciFact is 0.679 (Kamalloo et al., arXiv 2306.07471).</summary>
    [Theory]
    [InlineData("scifact", 0.6789, 0.6465, 0.9287)]
    [InlineData("cranfield", 0.3577, 0.4970, 0.7242)]
    public void Bm25_reaches_the_known_metrics_of_a_collection(string name, double ndcg, double mrr, double recall)
    {
        var collection = SharedData.Load(name, "test");
        using var index = new Bm25Index(collection.Corpus.Select(document => (document.Id, document.Contents)));
        var run = index.CollectRun(
            collection.Queries, EvaluationReport.Depth, cancellationToken: TestContext.Current.CancellationToken);
        var report = EvaluationReport.Compute(run, collection.Qrels);
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        Assert.Equal(ndcg, report.NdcgAt10, 0.0005);
        Assert.Equal(mrr, report.MrrAt10, 0.0005);
        Assert.Equal(recall, report.RecallAt100, 0.0005);
    }

    private static IEnumerable<string> Ids(IEnumerable<ScoredDocument> ranking) =>
        ranking.Select(hit => hit.DocumentId);
}
