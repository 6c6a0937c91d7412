namespace LuceneLsr.Evaluation.Significance;

/// <summary>
/// Corrects the p-values of several tests, so that the probability of any false finding among them stays below the
/// level that the corrected values are compared with.
/// </summary>
/// <remarks>
/// Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6(2), 1979.
/// </remarks>
public static class HolmCorrection
{
    /// <summary>Returns the corrected p-values in the order of the given ones.</summary>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        var adjusted = new double[pValues.Count];
        var previous = 0.0;
        foreach (var (rank, (index, value)) in pValues.Index().OrderBy(test => test.Item).Index())
        {
            previous = Math.Max(previous, Math.Min(1, (pValues.Count - rank) * value));
            adjusted[index] = previous;
        }

        return adjusted;
    }
}
