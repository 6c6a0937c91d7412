namespace LuceneLsr.Evaluation.Drift;

/// <summary>
/// Kendall's rank correlation tau-b of two scores of the same items, from -1 (reversed) to 1 (same order): (C - D) /
/// sqrt((P - T1)(P - T2)), with C concordant and D discordant pairs of P, of which T1 and T2 are ties of the first and
/// second score.
/// </summary>
/// <remarks>Kendall, "The Treatment of Ties in Ranking Problems", Biometrika 33(3), 1945.</remarks>
public static class KendallTau
{
    /// <summary>Computes the correlation; null if there are fewer than two items, or all tie in one score.</summary>
    /// <exception cref="ArgumentException">The scores are not of the same items.</exception>
    public static double? Compute(IReadOnlyList<float> first, IReadOnlyList<float> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"There are {first.Count} and {second.Count} scores. They must be as many.");
        }

        long difference = 0, untiedFirst = 0, untiedSecond = 0;
        for (var left = 0; left < first.Count; left++)
        {
            for (var right = left + 1; right < first.Count; right++)
            {
                var (one, two) = (first[left].CompareTo(first[right]), second[left].CompareTo(second[right]));
                difference += Math.Sign(one) * Math.Sign(two);
                untiedFirst += one == 0 ? 0 : 1;
                untiedSecond += two == 0 ? 0 : 1;
            }
        }

        return untiedFirst == 0 || untiedSecond == 0
            ? null
            : difference / Math.Sqrt((double)untiedFirst * untiedSecond);
    }
}
