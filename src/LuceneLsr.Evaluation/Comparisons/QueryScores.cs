namespace LuceneLsr.Evaluation.Comparisons;

/// <summary>The values of a metric for one query in two runs.</summary>
/// <param name="QueryId">The id of the query.</param>
/// <param name="First">The value of the first run.</param>
/// <param name="Second">The value of the second run.</param>
public readonly record struct QueryScores(string QueryId, double First, double Second)
{
    private const double Tolerance = 1e-9; // equal values may be sums in another order

    /// <summary>Gets the gain of the second run, negative if it is worse, and 0 if only rounding differs.</summary>
    public double Gain => Math.Abs(Second - First) < Tolerance ? 0 : Second - First;
}
