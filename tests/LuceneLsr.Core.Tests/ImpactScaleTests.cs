namespace LuceneLsr.Core.Tests;

public class ImpactScaleTests
{
    [Theory]
    [InlineData(100f, 0f, 0)]
    [InlineData(100f, 0.0049f, 0)]
    [InlineData(100f, 0.0051f, 1)]
    [InlineData(100f, 1f, 100)]
    [InlineData(100f, 2.554f, 255)]
    [InlineData(100f, 2.556f, 256)]
    [InlineData(2f, 0.25f, 1)]
    [InlineData(2f, 1.25f, 3)]
    [InlineData(2f, 1.24f, 2)]
    [InlineData(1f, 0.5f, 1)]
    [InlineData(1f, 2.5f, 3)]
    [InlineData(0.5f, 7f, 4)]
    public void Quantize_weight_rounds_to_nearest_impact_and_halves_up(float factor, float weight, int impact) =>
        Assert.Equal(impact, new ImpactScale(factor).Quantize(weight));

    [Theory]
    [InlineData(10, 9.4f, 9)]
    [InlineData(10, 10f, 10)]
    [InlineData(10, 10.6f, 10)]
    [InlineData(10, 3.4e38f, 10)]
    [InlineData(1, 0.5f, 1)]
    [InlineData(ImpactScale.MaxImpactLimit, 65_536f, 65_535)]
    public void Quantize_weight_above_max_impact_is_clamped(int maximum, float weight, int impact) =>
        Assert.Equal(impact, new ImpactScale(1, maximum).Quantize(weight));

    [Fact]
    public void Quantize_product_beyond_float_range_is_clamped() =>
        Assert.Equal(7, new ImpactScale(float.MaxValue, 7).Quantize(float.MaxValue));

    [Fact]
    public void Quantize_vector_keeps_order_and_drops_zero_impacts()
    {
        var vector = new SparseVector([new("low", 0.04f), new("high", 30f), new("middle", 0.05f)]);
        Assert.Equal(
            [new TermImpact("high", 255), new TermImpact("middle", 1)],
            new ImpactScale(10, 255).Quantize(vector));
    }

    [Fact]
    public void ToImpactVector_returns_impacts_as_weights()
    {
        var vector = new SparseVector([new("low", 0.04f), new("high", 30f), new("middle", 0.05f)]);
        Assert.Equal(
            [new TermWeight("high", 255), new TermWeight("middle", 1)],
            new ImpactScale(10, 255).ToImpactVector(vector).Entries);
    }

    [Fact]
    public void Identity_preserves_integer_weights() =>
        Assert.Equal(
            [new TermImpact("a", 65_535), new TermImpact("b", 1)],
            ImpactScale.Identity.Quantize(new SparseVector([new("a", 65_535), new("b", 1)])));

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Create_with_factor_not_finite_and_positive_throws(float factor) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImpactScale(factor));

    [Theory]
    [InlineData(0)]
    [InlineData(ImpactScale.MaxImpactLimit + 1)]
    public void Create_with_max_impact_out_of_range_throws(int maximum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImpactScale(1, maximum));
}
