namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>A point in the report of a sweep.</summary>
/// <param name="Result">The figures.</param>
/// <param name="Cost">The cost that the report compares.</param>
/// <param name="Difference">nDCG@10 minus that of the baseline.</param>
/// <param name="PValue">
/// The p-value of the difference, corrected for the number of points; null for the baseline.
/// </param>
/// <param name="IsBaseline">Whether the other points are compared with it.</param>
/// <param name="IsOnFront">Whether no other point is at least as good and as cheap, and better in one of the two.</param>
/// <param name="IsRecommended">Whether the rule of the report selects it.</param>
public sealed record SweepRow(
    SweepResult Result, double Cost, double Difference, double? PValue, bool IsBaseline, bool IsOnFront,
    bool IsRecommended)
{
    /// <summary>Gets nDCG@10.</summary>
    public double Ndcg => Result.Effect.Report.NdcgAt10;
}
