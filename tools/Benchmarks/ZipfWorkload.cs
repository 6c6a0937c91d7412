using LuceneLsr.Encoding;
using MathNet.Numerics.Distributions;

namespace LuceneLsr.Tools.Benchmarks;

/// <summary>
/// Synthetic vectors with the shape of learned sparse ones: terms by a Zipf-Mandelbrot law, p(rank r) ~ 1 / (r + 2.7)
/// over 30,000 terms; documents of 128 distinct terms with log-normal impacts (sigma 0.7, mean 37), queries of 32 with
/// log-normal weights (sigma 0.7, mean 64), all from 1 to 255. A query's draw among the 50 most frequent terms is
/// rejected half the time.
/// </summary>
internal sealed class ZipfWorkload(int seed)
{
    private const int Terms = 30_000;
    private const int FrequentTerms = 50;
    private const double Sigma = 0.7;

    private readonly Random _random = new(seed);
    private readonly double[] _cumulative = Cumulative();

    /// <summary>The next document.</summary>
    public SparseVector Document() => Vector(DistinctTerms(128, _ => true), mean: 37);

    /// <summary>The next query.</summary>
    public SparseVector Query() => Vector(
        DistinctTerms(32, term => term >= FrequentTerms || _random.Next(2) == 0), mean: 64);

    private static double[] Cumulative()
    {
        var sums = new double[Terms];
        var sum = 0.0;
        for (var rank = 1; rank <= Terms; rank++)
        {
            sums[rank - 1] = sum += 1 / (rank + 2.7);
        }

        return sums;
    }

    private HashSet<int> DistinctTerms(int count, Func<int, bool> accept)
    {
        var terms = new HashSet<int>();
        while (terms.Count < count)
        {
            var place = Array.BinarySearch(_cumulative, _random.NextDouble() * _cumulative[^1]);
            var term = place < 0 ? ~place : place;
            if (accept(term))
            {
                terms.Add(term);
            }
        }

        return terms;
    }

    private SparseVector Vector(IEnumerable<int> terms, double mean) => new(
        terms.Select(term => new TermWeight($"t{term}", Weight(mean))));

    private float Weight(double mean) => (float)Math.Clamp(
        Math.Round(LogNormal.Sample(_random, Math.Log(mean) - (Sigma * Sigma / 2), Sigma)), 1, 255);
}
