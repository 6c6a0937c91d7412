namespace LuceneLsr.Evaluation.Significance;

/// <summary>
/// Fisher's paired randomization test, two-sided: the probability that the mean difference of two systems is at least
/// as large as observed, if each query's two scores could as well be swapped.
/// </summary>
/// <remarks>
/// Smucker, Allan and Carterette, "A comparison of statistical significance tests for information retrieval
/// evaluation", CIKM 2007.
/// </remarks>
public sealed class PairedRandomizationTest
{
    private const double Tolerance = 1e-12; // of sums that are equal but for rounding, per unit of all differences

    /// <summary>Gets the number of random permutations; if there are no more than that in all, each is counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Permutations
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 100_000;

    /// <summary>Gets the seed of the random permutations.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Computes the p-value, from just above 0 to 1.</summary>
    /// <param name="differences">The difference of both systems for each query.</param>
    public double ComputePValue(IEnumerable<double> differences)
    {
        ArgumentNullException.ThrowIfNull(differences);
        double[] changes = [.. differences.Where(difference => difference != 0)]; // 0 stays 0, whatever its sign
        var limit = Math.Abs(changes.Sum()) - (Tolerance * changes.Sum(Math.Abs));
        return changes.Length < 31 && 1 << changes.Length <= Permutations
            ? ComputeExactly(changes, limit)
            : Sample(changes, limit);
    }

    private static double ComputeExactly(double[] differences, double limit)
    {
        var all = 1 << differences.Length;
        return (double)Enumerable.Range(0, all).Count(signs => IsAsLarge(differences, (uint)signs, limit)) / all;

        static bool IsAsLarge(double[] differences, uint signs, double limit)
        {
            var sum = 0.0;
            for (var query = 0; query < differences.Length; query++)
            {
                sum += (signs >> query & 1) == 0 ? differences[query] : -differences[query];
            }

            return Math.Abs(sum) >= limit;
        }
    }

    // The observed permutation counts as one of the sampled, so that the test is valid and the value is never 0.
    private double Sample(double[] differences, double limit)
    {
        var random = new Random(Seed);
        var asLarge = 1;
        for (var permutation = 0; permutation < Permutations; permutation++)
        {
            asLarge += Math.Abs(SumWithRandomSigns(differences, random)) >= limit ? 1 : 0;
        }

        return asLarge / (Permutations + 1.0);
    }

    private static double SumWithRandomSigns(double[] differences, Random random)
    {
        var sum = 0.0;
        var signs = 0L;
        for (var query = 0; query < differences.Length; query++)
        {
            signs = query % 63 == 0 ? random.NextInt64() : signs >> 1; // 63 random bits at a time
            sum += (signs & 1) == 0 ? differences[query] : -differences[query];
        }

        return sum;
    }
}
