using LuceneLsr.Evaluation.Significance;
using Xunit;

namespace LuceneLsr.Evaluation.Tests.Significance;

public sealed class PairedRandomizationTestTests
{
    [Theory]
    [InlineData(new double[] { }, 1)]
    [InlineData(new[] { 0.0, 0.0 }, 1)]
    [InlineData(new[] { 0.5 }, 1)]
    [InlineData(new[] { 0.1, 0.2, 0.3 }, 2.0 / 8)] // only the observed signs and their opposite reach 0.6
    [InlineData(new[] { 0.3, -0.1, 0.2 }, 4.0 / 8)] // 6, 4, 2, 0 tenths and their opposites; two of four reach 0.4
    [InlineData(new[] { 1.0, 1, 1, 1, 1, 1, 1, 1, -1, 0 }, 20.0 / 512)] // at most one of nine signs differs: 2 (1 + 9)
    public void Few_queries_give_the_value_counted_by_hand(double[] differences, double expected) =>
        Assert.Equal(expected, new PairedRandomizationTest().ComputePValue(differences), 12);

    [Fact]
    public void Sampled_value_is_close_to_the_exact_one()
    {
        double[] differences = [.. Enumerable.Range(0, 15).Select(query => Math.Sin(query) + 0.3)];
        var exact = new PairedRandomizationTest { Permutations = 1 << 15 }.ComputePValue(differences);
        var sampled = new PairedRandomizationTest { Permutations = 20_000 }.ComputePValue(differences);
        Assert.InRange(sampled, exact - 0.015, exact + 0.015); // four standard errors
        Assert.NotEqual(exact, sampled);
    }

    [Fact]
    public void Many_clear_gains_are_significant_and_noise_is_not()
    {
        var random = new Random(5);
        double[] noise = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble() - 0.5)];
        var test = new PairedRandomizationTest { Permutations = 5_000 };
        Assert.True(test.ComputePValue(noise.Select(difference => difference + 0.2)) < 0.001);
        Assert.True(test.ComputePValue(noise) > 0.05);
    }

    [Fact]
    public void Holm_correction_gives_the_published_steps() =>
        Assert.Equal([0.03, 0.06, 0.06, 0.02], HolmCorrection.Adjust([0.01, 0.03, 0.04, 0.005]), (left, right) =>
            Math.Abs(left - right) < 1e-12);

    [Fact]
    public void Holm_correction_never_exceeds_one() =>
        Assert.Equal([1.0, 1.0], HolmCorrection.Adjust([0.6, 0.9]));
}
