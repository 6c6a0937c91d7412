using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Documents;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Evaluation.Tests.Support;
using LuceneLsr.Indexing;

namespace LuceneLsr.Evaluation.Tests.Comparisons;

/// <summary>
/// The current version ranks the documents a, b, c for "x=1", the candidate c, b. All have "y" in the current version.
/// </summary>
public sealed class VersionComparisonTests : IDisposable
{
    private static readonly TermListEncoder Encoder = new(TextSide.Query);
    private static readonly FieldVersion Current = new("body", Encoder);
    private static readonly FieldVersion Candidate = new("body.2", Encoder);

    private readonly RAMDirectory _directory = new();
    private readonly DirectoryReader _reader;

    public VersionComparisonTests()
    {
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new KeywordAnalyzer());
        using (var writer = new IndexWriter(_directory, config))
        {
            LsrIndexStamp.Write(writer, "body", Encoder, ImpactScale.Identity);
            LsrIndexStamp.Write(writer, "body.2", Encoder, ImpactScale.Identity);
            Add(writer, "a", current: [new("x", 3), new("y", 1)], candidate: []);
            Add(writer, "b", current: [new("x", 2), new("y", 1)], candidate: [new("x", 4)]);
            Add(writer, "c", current: [new("x", 1), new("y", 1)], candidate: [new("x", 5)]);
        }

        _reader = DirectoryReader.Open(_directory);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
    }

    /// <summary>The gain of "a" is 1 at rank 1, 1 / log2(3) = .6309 at rank 2, and .5 at rank 3.</summary>
    [Fact]
    public void Compare_judged_queries_returns_ndcg_overlap_and_cost_of_both_versions()
    {
        var comparison = Compare(
            [new("q1", "x=1"), new("q2", "x=1 y=2"), new("q3", "y=1")],
            [new("q1", "c", 1), new("q2", "a", 1)]);
        var first = comparison.Queries[0];
        Assert.Equal(["a", "b", "c"], first.Current.Hits.Select(hit => hit.DocumentId));
        Assert.Equal(["c", "b"], first.Candidate.Hits.Select(hit => hit.DocumentId));
        Assert.Equal(2 / 3.0, first.Overlap, 1e-9);
        Assert.Equal((0.5, 1.0, 0.5), (first.Current.Ndcg, first.Candidate.Ndcg, first.NdcgGain));
        Assert.Equal([(1, 3L), (2, 6L), (1, 3L)], Costs(comparison, query => query.Current));
        Assert.Equal([(1, 2L), (2, 2L), (1, 0L)], Costs(comparison, query => query.Candidate));
        Assert.Equal(["q1"], comparison.ImprovedQueries.Select(query => query.Query.Id));
        Assert.Equal(["q2"], comparison.HurtQueries.Select(query => query.Query.Id));
        Assert.Same(comparison.Ndcg, comparison.Ndcg); // it computes the p-value once
        Assert.Equal(-1, comparison.Queries[1].NdcgGain);
        Assert.Null(comparison.Queries[2].NdcgGain);
        Assert.Equal(0, comparison.Queries[2].Overlap);
        Assert.Equal((2 / 3.0 + 2 / 3.0 + 0) / 3, comparison.MeanOverlap, 1e-9);
    }

    [Fact]
    public void Gain_of_values_that_differ_by_rounding_is_0()
    {
        static VersionRanking Rank(double ndcg) => new([], ndcg, Terms: 1, Postings: 1, TimeSpan.Zero);
        Assert.Equal(0, new QueryComparison(new("q1", "x=1"), Rank(0.1 + 0.2), Rank(0.3)).NdcgGain);
        Assert.Equal(-0.5, new QueryComparison(new("q1", "x=1"), Rank(1), Rank(0.5)).NdcgGain);
    }

    [Fact]
    public void Compare_without_judgments_or_hits_compares_rankings_alone()
    {
        var comparison = Compare([new("q1", "z=1")], judgments: []);
        Assert.Equal(1, comparison.MeanOverlap);
        Assert.Empty(comparison.JudgedQueries);
        Assert.Empty(comparison.HurtQueries);
    }

    [Fact]
    public void Compare_at_depth_ignores_lower_ranks()
    {
        var comparison = Compare([new("q1", "x=1")], [new("q1", "c", 1)], depth: 1);
        Assert.Equal(0, comparison.MeanOverlap);
        Assert.Equal(1, comparison.Queries[0].NdcgGain);
    }

    [Fact]
    public void Compare_without_queries_throws() => Assert.Throws<ArgumentException>(() => Compare([], []));

    [Fact]
    public void Compare_with_field_of_another_encoder_throws()
    {
        var other = new FieldVersion("body", new TermListEncoder { VocabularyId = "other" });
        Assert.Throws<InvalidOperationException>(() => VersionComparison.Compare(
            new IndexSearcher(_reader), "id", other, Candidate, [new("q1", "x=1")],
            cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Report_lists_quality_cost_and_changed_queries()
    {
        var report = Write(Compare(
            [new("q1", "x=1"), new("q2", "x=1 y=2"), new("q3", "y=1")],
            [new("q1", "c", 1), new("q2", "a", 1)]));
        Assert.Contains("| nDCG@10 | 0.750 | 0.500 |", report, StringComparison.Ordinal);
        Assert.Contains("| terms | 1.3 | 1.3 |", report, StringComparison.Ordinal);
        Assert.Contains("| postings | 4 | 1 |", report, StringComparison.Ordinal);
        Assert.Contains("of 3 queries: 44%", report, StringComparison.Ordinal);
        Assert.Contains("Of 2 judged queries, 1 improve, 1 get worse and 0 stay.", report, StringComparison.Ordinal);
        Assert.Contains("| x=1 y=2 | -1.000 | 67% |", report, StringComparison.Ordinal);
        Assert.Contains("| x=1 | +0.500 | 67% |", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_without_judgments_lists_queries_that_change_most()
    {
        var report = Write(Compare([new("q1", "x=1"), new("q2", "z=1"), new("q3", "y=1")], judgments: []));
        Assert.DoesNotContain("nDCG@", report, StringComparison.Ordinal);
        Assert.DoesNotContain("z=1", report, StringComparison.Ordinal);
        Assert.True(report.IndexOf("| y=1 |", StringComparison.Ordinal)
            < report.IndexOf("| x=1 |", StringComparison.Ordinal));
    }

    private static void Add(IndexWriter writer, string id, TermWeight[] current, TermWeight[] candidate) =>
        writer.AddDocument(
        [
            new StringField("id", id, Field.Store.YES),
            new ImpactField("body", new SparseVector(current), ImpactScale.Identity),
            new ImpactField("body.2", new SparseVector(candidate), ImpactScale.Identity),
        ]);

    private VersionComparison Compare(BeirQuery[] queries, Judgment[] judgments, int depth = 10) =>
        VersionComparison.Compare(
            new IndexSearcher(_reader), "id", Current, Candidate, queries,
            judgments.Length > 0 ? new Qrels(judgments) : null, depth, TestContext.Current.CancellationToken);

    private static IEnumerable<(int Terms, long Postings)> Costs(
        VersionComparison comparison, Func<QueryComparison, VersionRanking> getRanking) =>
        comparison.Queries.Select(getRanking).Select(ranking => (ranking.Terms, ranking.Postings));

    private static string Write(VersionComparison comparison)
    {
        using var writer = new StringWriter();
        ComparisonReport.Write(comparison, writer);
        return writer.ToString();
    }
}
