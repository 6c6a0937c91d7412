using MathNet.Numerics.Distributions;

namespace LuceneLsr.Tools.Benchmarks.Workloads;

/// <summary>Samples terms by rank, and weights distributed as those of learned sparse encoders.</summary>
internal static class VectorLaw
{
    private const double Sigma = 0.7;
    private const int MaxWeight = 255;

    /// <summary>Computes the cumulative sums of p(1), p(2), ..., the table that <see cref="Sample"/> uses.</summary>
    public static double[] Cumulate(int ranks, Func<int, double> p)
    {
        var sums = new double[ranks];
        var sum = 0.0;
        for (var rank = 1; rank <= ranks; rank++)
        {
            sums[rank - 1] = sum += p(rank);
        }

        return sums;
    }

    /// <summary>Samples a zero-based rank.</summary>
    public static int Sample(Random random, double[] cumulative)
    {
        var index = Array.BinarySearch(cumulative, random.NextDouble() * cumulative[^1]);
        return index < 0 ? ~index : index;
    }

    /// <summary>Samples distinct terms by calling <paramref name="sample"/> until there are enough.</summary>
    public static void Fill(HashSet<int> terms, int count, Func<int> sample)
    {
        while (terms.Count < count)
        {
            terms.Add(sample());
        }
    }

    /// <summary>Gives terms log-normal weights (sigma 0.7) of a mean, rounded and clamped to 1..255.</summary>
    public static SparseVector WithWeights(Random random, IEnumerable<int> terms, double mean) => new(
        terms.Select(term => new TermWeight($"t{term}", (float)Math.Clamp(
            Math.Round(LogNormal.Sample(random, Math.Log(mean) - (Sigma * Sigma / 2), Sigma)), 1, MaxWeight))));
}
