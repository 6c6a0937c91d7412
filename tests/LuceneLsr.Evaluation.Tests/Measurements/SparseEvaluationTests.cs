using LuceneLsr.Evaluation.Measurements;
using LuceneLsr.Evaluation.Tests.Support;

namespace LuceneLsr.Evaluation.Tests.Measurements;

public sealed class SparseEvaluationTests
{
    private static readonly PerSide<ImpactScale> Scales = PerSide.Both(new ImpactScale(10));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Measure_reports_quality_and_cost()
    {
        var result = SparseEvaluation.Measure(
            TermListCollection.Load(), TermListEncoder.BothSides, Scales, cancellationToken: Cancellation);
        Assert.Equal(["x", "y"], result.Run.GetRanking("q1").Select(hit => hit.DocumentId));
        Assert.Equal([new("x", 5 * 10)], result.Run.GetRanking("q2")); // products of impacts
        Assert.Equal((0.75, 1.0), (result.Report.MrrAt10, result.Report.RecallAt100));
        Assert.Equal((1.0, 2.0, 1), (result.TermsPerDocument, result.TermsPerQuery, result.DocumentsWithoutTerms));
        Assert.True(result.IndexingTime > TimeSpan.Zero);
    }

    [Fact]
    public void Stored_texts_count_in_the_size_of_the_index()
    {
        var collection = TermListCollection.Load();
        Assert.True(
            Measure(new SparseEvaluationOptions { StoresTexts = true }).IndexBytes
                > Measure(new SparseEvaluationOptions()).IndexBytes);

        SparseEvaluation Measure(SparseEvaluationOptions options) =>
            SparseEvaluation.Measure(collection, TermListEncoder.BothSides, Scales, options, Cancellation);
    }

    [Fact]
    public void Created_query_encoder_sees_the_index_and_replaces_the_one_of_the_query_side()
    {
        using ISparseEncoder documents = new TermListEncoder(TextSide.Document); // fails on queries
        var counts = new List<double>();
        var result = SparseEvaluation.Measure(
            TermListCollection.Load(), PerSide.Both(documents), Scales,
            new SparseEvaluationOptions
            {
                CreateQueryEncoder = index =>
                {
                    counts.Add(index.TermsPerDocument);
                    return new TermListEncoder(TextSide.Query);
                },
            },
            Cancellation);
        Assert.Equal([1.0], counts);
        Assert.Equal(1, result.Report.RecallAt100);
    }

    [Fact]
    public void Comparison_names_and_fuses_both_runs()
    {
        var comparison = Bm25Comparison.Measure(
            TermListCollection.Load(), TermListEncoder.BothSides, Scales, cancellationToken: Cancellation);
        Assert.Equal(["BM25", "LSR", "LSR + BM25"], comparison.Runs.Select(run => run.Name));
        Assert.Same(comparison.Sparse.Run, comparison.Runs[1].Run);
        Assert.Equal(
            ScoredIds(comparison.Bm25).Union(ScoredIds(comparison.Sparse.Run)).Order(),
            ScoredIds(comparison.Fused).Order());

        static IEnumerable<string> ScoredIds(Evaluation.Runs.Run run) =>
            run.GetRanking("q1").Select(hit => hit.DocumentId);
    }
}
