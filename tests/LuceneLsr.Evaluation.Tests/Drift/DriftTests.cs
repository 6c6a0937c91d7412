using CsCheck;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Drift;

namespace LuceneLsr.Evaluation.Tests.Drift;

public class DriftTests
{
    private static readonly StoredVectors Exact = new("exact", (vector, _) => vector);

    private static readonly (string Id, SparseVector Vector)[] Documents =
    [
        ("d1", new([new("a", 1.1f), new("b", 1)])), ("d2", new([new("a", 1.2f)])), ("d3", new([new("b", 3)])),
        ("d4", SparseVector.Empty),
    ];

    private static readonly (string Id, SparseVector Vector)[] Queries = [("q1", new([new("a", 2), new("b", .5f)]))];

    /// <summary>SciPy's kendalltau of ([1, 2, 3, 4], [1, 3, 2, 4]) is (5 - 1) / 6; ties by hand.</summary>
    [Theory]
    [InlineData(new float[] { 1, 2, 3, 4 }, new float[] { 1, 3, 2, 4 }, 4 / 6.0)]
    [InlineData(new float[] { 1, 2, 3 }, new float[] { 3, 2, 1 }, -1.0)]
    [InlineData(new float[] { 1, 1, 2 }, new float[] { 1, 2, 3 }, 0.816496580927726)] // 2 / sqrt(2 x 3)
    [InlineData(new float[] { 1, 1 }, new float[] { 1, 2 }, null)]
    [InlineData(new float[] { 1 }, new float[] { 1 }, null)]
    public void KendallTau_is_that_of_worked_examples(float[] first, float[] second, double? expected)
    {
        var tau = KendallTau.Compute(first, second);
        Assert.Equal(expected is null, tau is null);
        Assert.Equal(expected ?? 0, tau ?? 0, tolerance: 1E-12);
    }

    [Fact]
    public void Same_vectors_have_no_drift()
    {
        var drift = Measure(Exact, qrels: null);
        Assert.Equal(("exact", 1, 1, 1.0, 0, null), (drift.Name, drift.MeanOverlap, drift.SameTop, drift.MeanTau,
            drift.MaxScoreError, drift.NdcgDifference));
    }

    /// <summary>
    /// By hand: scores are 2.7, 2.4 and 1.5. Without the fraction, a is 1 in both documents: 2.5, 2 and 1.5. A unit of a
    /// tenth makes 0.25, 0.2 and 0.15 of them.
    /// </summary>
    [Fact]
    public void Truncated_weights_drift_as_worked_by_hand()
    {
        var drift = Measure(Truncate(1), qrels: null);
        Assert.Equal((1, 1, 1.0), (drift.MeanOverlap, drift.SameTop, drift.MeanTau));
        Assert.Equal(1 - (2 / 2.4), drift.MaxScoreError, tolerance: 1E-6);
        Assert.Equal(1 - (0.2 / 2.4), Measure(Truncate(0.1), qrels: null).MaxScoreError, tolerance: 1E-6);
    }

    /// <summary>By hand: dropping a leaves d3 with 1.5 and d1 with 0.5. d2 is lost.</summary>
    [Fact]
    public void Dropped_term_changes_overlap_order_and_ndcg()
    {
        var drift = Measure(
            new("no a", (vector, _) => new(vector.Entries.Where(entry => entry.Term != "a"))),
            new([new("q1", "d1", 1), new("q2", "d2", 1)]));
        Assert.Equal((2 / 3.0, 0, 1), (drift.MeanOverlap, drift.SameTop, drift.MaxScoreError));
        Assert.Equal((1 - 2) / 3.0, drift.MeanTau!.Value, tolerance: 1E-12); // d1 > d2 stays; d3 passes both
        Assert.Equal((1 / Math.Log2(3)) - 1, drift.NdcgDifference!.Value, tolerance: 1E-12);
    }

    [Fact]
    public void Query_without_hits_counts_as_unchanged_and_unjudged_queries_have_no_ndcg()
    {
        var measurement = new DriftMeasurement(
            Documents, [("q", SparseVector.Empty)], Exact, new Qrels([new("other", "d1", 1)]));
        var query = Assert.Single(measurement.Measure(Exact, TestContext.Current.CancellationToken).Queries);
        Assert.Equal(new QueryDrift("q", 1, true, null, 0, null), query);
    }

    [Fact]
    public void Scores_and_order_are_those_of_a_loop_over_all_documents() =>
        Gen.Select(GenVector.Array[1, 8], GenVector).Sample((documents, query) =>
        {
            (string Id, SparseVector Vector)[] named = [.. documents.Select((vector, number) => ($"d{number}", vector))];
            var judged = named.ToDictionary(document => document.Id, document => Multiply(document.Vector, query));
            var best = judged.Values.Max();
            var measurement = new DriftMeasurement(
                named, [("q", query)], Exact,
                best > 0 ? new Qrels([new("q", judged.First(entry => entry.Value == best).Key, 1)]) : null, depth: 1);
            var lost = new StoredVectors("none", (_, _) => SparseVector.Empty);
            var drift = measurement.Measure(lost, TestContext.Current.CancellationToken);
            // The reference ranks the first of the best documents on top, so losing all hits costs a whole nDCG@1.
            Assert.Equal(best > 0 ? -1 : (double?)null, drift.NdcgDifference);
            Assert.Equal(best > 0 ? 0 : 1, drift.MeanOverlap);
        });

    [Fact]
    public void Measurement_without_documents_or_queries_throws()
    {
        Assert.Throws<ArgumentException>(() => new DriftMeasurement([], Queries, Exact));
        Assert.Throws<ArgumentException>(() => new DriftMeasurement(Documents, [], Exact));
    }

    private static Gen<SparseVector> GenVector { get; } =
        Gen.Dictionary(Gen.String[Gen.Char["abc"], 1, 1], Gen.Int[1, 3].Select(weight => (float)weight))[0, 3].Select(
            entries => new SparseVector(entries.Select(entry => new TermWeight(entry.Key, entry.Value))));

    private static float Multiply(SparseVector left, SparseVector right) => left.Entries.Sum(
        entry => right.Entries.Where(other => other.Term == entry.Term).Sum(other => entry.Weight * other.Weight));

    private static StoredVectors Truncate(double unit) => new(
        "truncated",
        (vector, side) => side == TextSide.Query
            ? vector
            : new(vector.Entries.Select(entry => entry with { Weight = (float)Math.Floor(entry.Weight) })),
        unit);

    private static RankDrift Measure(StoredVectors stored, Qrels? qrels) =>
        new DriftMeasurement(Documents, Queries, Exact, qrels).Measure(stored, TestContext.Current.CancellationToken);
}
