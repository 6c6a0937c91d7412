using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Tokenization.Tests.Settings;

public class TermFrequencyFactorTests
{
    private static readonly TermFrequencyFactor Factor = new(K1: 1.2f, B: 0.75f, AverageTokens: 70);

    /// <summary>f x 2.2 / (f + 1.2 x (0.25 + 0.75 x n / 70)), worked by hand.</summary>
    [Theory]
    [InlineData(1, 70, 1)]
    [InlineData(3, 70, 1.571429)]      // 6.6 / 4.2
    [InlineData(1, 140, 0.709677)]     // 2.2 / 3.1
    [InlineData(2, 35, 1.6)]           // 4.4 / 2.75 with n / 70 = 0.5
    public void Compute_returns_factor_of_bm25(int frequency, int tokens, double expected) =>
        Assert.Equal(expected, Factor.Compute(frequency, tokens), 1e-5);

    [Fact]
    public void Compute_without_k1_is_1() => Assert.Equal(1, new TermFrequencyFactor(0, 0.75f, 70).Compute(5, 200));

    [Fact]
    public void Compute_of_absent_term_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Factor.Compute(0, 70));
}
