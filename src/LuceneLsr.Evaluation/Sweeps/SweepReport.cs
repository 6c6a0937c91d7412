using System.Diagnostics;
using System.Globalization;
using LuceneLsr.Evaluation.Significance;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>
/// Compares the points of a sweep with a baseline, by the paired randomization test with Holm's correction, finds the
/// Pareto front of nDCG@10 and cost, and recommends a point.
/// </summary>
public sealed class SweepReport
{
    private const double Level = 0.05;

    private SweepReport(IReadOnlyList<SweepRow> rows, string rule) => (Rows, Rule) = (rows, rule);

    /// <summary>Gets a row per point, in the order of the points.</summary>
    public IReadOnlyList<SweepRow> Rows { get; }

    /// <summary>Gets the rule of the recommendation, as a sentence.</summary>
    public string Rule { get; }

    /// <summary>Gets the row of the baseline.</summary>
    public SweepRow Baseline => Rows.Single(row => row.IsBaseline);

    /// <summary>Gets the recommended row. It may be the baseline.</summary>
    public SweepRow Recommended => Rows.Single(row => row.IsRecommended);

    /// <summary>Compares results.</summary>
    /// <param name="results">The results, with distinct names.</param>
    /// <param name="baseline">The name of the baseline.</param>
    /// <param name="cost">The cost to compare.</param>
    /// <param name="tolerance">The loss of nDCG@10 that is accepted, 0 to 1.</param>
    /// <exception cref="ArgumentException">No result has the baseline's name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is not from 0 to 1.</exception>
    public static SweepReport Create(
        IReadOnlyList<SweepResult> results, string baseline, SweepCost cost, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (tolerance is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must be from 0 to 1.");
        }

        var reference = FindBaseline(results.Select(result => result.Point), baseline);
        var compared = Compare(results, results.Single(result => result.Point == reference), cost);
        var recommended = compared.Where(row => IsGoodEnough(row, tolerance))
            .OrderBy(row => row.Cost).ThenByDescending(row => row.Ndcg).First();
        return new(
            compared.ConvertAll(row => row with
            {
                IsOnFront = !compared.Exists(other => Dominates(other, row)),
                IsRecommended = row == recommended,
            }),
            $"the {Describe(cost)} among the points whose nDCG@10 is at most "
            + $"{tolerance.ToString(CultureInfo.InvariantCulture)} below that of '{baseline}' and not significantly worse "
            + $"(p < {Level.ToString(CultureInfo.InvariantCulture)} after Holm's correction)");
    }

    /// <summary>Finds the baseline among points.</summary>
    /// <exception cref="ArgumentException">No point has the name.</exception>
    public static SweepPoint FindBaseline(IEnumerable<SweepPoint> points, string baseline)
    {
        var all = points.ToList();
        return all.Find(point => point.Name == baseline) ?? throw new ArgumentException(
            $"No point of the grid is named '{baseline}', which is to be the baseline. Points are named like "
            + $"{string.Join(", ", all.Take(3).Select(point => $"'{point.Name}'"))}.");
    }

    private static List<SweepRow> Compare(IReadOnlyList<SweepResult> results, SweepResult baseline, SweepCost cost)
    {
        var test = new PairedRandomizationTest();
        var others = results.Where(result => result != baseline).ToList();
        var corrected = HolmCorrection.Adjust(others.ConvertAll(other => test.ComputePValue(
            other.Effect.NdcgPerQuery.Zip(baseline.Effect.NdcgPerQuery, (one, two) => one - two))));
        var pValueOf = others.Select(other => other.Point.Name).Zip(corrected).ToDictionary(StringComparer.Ordinal);
        return [.. results.Select(result => new SweepRow(
            result, GetCost(result, cost),
            result.Effect.Report.NdcgAt10 - baseline.Effect.Report.NdcgAt10,
            pValueOf.TryGetValue(result.Point.Name, out var value) ? value : null,
            IsBaseline: result == baseline, IsOnFront: false, IsRecommended: false))];
    }

    private static bool IsGoodEnough(SweepRow row, double tolerance) =>
        row.IsBaseline || (row.Difference >= -tolerance && !(row.Difference < 0 && row.PValue < Level));

    private static bool Dominates(SweepRow one, SweepRow other) =>
        one.Ndcg >= other.Ndcg && one.Cost <= other.Cost && (one.Ndcg > other.Ndcg || one.Cost < other.Cost);

    private static double GetCost(SweepResult result, SweepCost cost) => cost switch
    {
        SweepCost.Latency => result.Cost.MeanMilliseconds,
        SweepCost.Postings => result.Cost.PostingsPerQuery,
        SweepCost.Bytes => result.Effect.IndexBytes,
        _ => throw new UnreachableException(),
    };

    private static string Describe(SweepCost cost) => cost switch
    {
        SweepCost.Latency => "least mean time per query",
        SweepCost.Postings => "fewest postings per query",
        SweepCost.Bytes => "smallest index",
        _ => throw new UnreachableException(),
    };
}
