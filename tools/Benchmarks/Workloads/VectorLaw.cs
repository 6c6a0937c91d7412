using MathNet.Numerics.Distributions;

namespace LuceneLsr.Tools.Benchmarks.Workloads;

/// <summary>Draws terms by their ranks and weights as learned sparse encoders give them.</summary>
internal static class VectorLaw
{
    private const double Sigma = 0.7;

    /// <summary>Sums of p(rank), rank from 1 on, for drawing a rank by <see cref="Draw"/>.</summary>
    public static double[] Cumulative(int ranks, Func<int, double> p)
    {
        var sums = new double[ranks];
        var sum = 0.0;
        for (var rank = 1; rank <= ranks; rank++)
        {
            sums[rank - 1] = sum += p(rank);
        }

        return sums;
    }

    /// <summary>A rank, from 0 on.</summary>
    public static int Draw(Random random, double[] cumulative)
    {
        var place = Array.BinarySearch(cumulative, random.NextDouble() * cumulative[^1]);
        return place < 0 ? ~place : place;
    }

    /// <summary>Terms with log-normal weights (sigma 0.7), rounded, from 1 to 255.</summary>
    public static SparseVector Weighted(Random random, IEnumerable<int> terms, double mean) => new(
        terms.Select(term => new TermWeight($"t{term}", (float)Math.Clamp(
            Math.Round(LogNormal.Sample(random, Math.Log(mean) - (Sigma * Sigma / 2), Sigma)), 1, 255))));
}
