using CsCheck;
using LuceneLsr.VectorFiles.Precisions;

namespace LuceneLsr.VectorFiles.Tests.Precisions;

/// <summary>Compares each precision with values worked by hand from the code of the engine.</summary>
public class StoredPrecisionTests
{
    /// <summary>
    /// FeatureField.java: <c>Float.floatToIntBits(value) >>> 15</c>. 1 is 0x3F800000, and 0x3F800000 / 0x8000 = 0x7F00. 0.1
    /// is 0x3DCCCCCD, whose upper bits are 0x7B99; 0x7B99 x 0x8000 = 0x3DCC8000 = 0.099853515625.
    /// </summary>
    [Theory]
    [InlineData(1, 0x7F00, 1)]
    [InlineData(0.1f, 0x7B99, 0.099853515625f)]
    [InlineData(1.00390625f, 0x7F01, 1.00390625f)] // 1 + 2^-8, the last of nine bits
    [InlineData(1.003906f, 0x7F00, 1)] // a little less
    [InlineData(2.6126046f, 0x804E, 2.609375f)] // 0x402734D5
    [InlineData(511, 0x87FF, 511)] // nine bits: exponent 0x87, fraction 0xFF
    [InlineData(513, 0x8800, 512)] // ten bits: exponent 0x88, fraction 0x00 without its last bit
    [InlineData(FeatureFieldPrecision.MinWeight, 0x100, FeatureFieldPrecision.MinWeight)]
    [InlineData(float.MaxValue, 0xFEFF, 3.3961776E38f)] // 0x7F7F8000
    public void FeatureField_stores_upper_bits_of_weight(float weight, int frequency, float stored)
    {
        Assert.Equal(frequency, FeatureFieldPrecision.Encode(weight));
        Assert.Equal(stored, FeatureFieldPrecision.Decode(frequency));
        Assert.Equal(stored, new FeatureFieldPrecision().Store(weight, TextSide.Document));
        Assert.Equal(weight, new FeatureFieldPrecision().Store(weight, TextSide.Query));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1E-39f)] // not normal
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void FeatureField_rejects_what_Lucene_rejects(float weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureFieldPrecision.Encode(weight));

    [Fact]
    public void FeatureField_rounds_down_by_less_than_one_part_in_256() =>
        Gen.Float[1E-30f, 1E30f].Sample(weight =>
        {
            var stored = new FeatureFieldPrecision().Store(weight, TextSide.Document);
            Assert.InRange((weight - (double)stored) / weight, 0, 1.0 / 256);
            Assert.Equal(stored, new FeatureFieldPrecision().Store(stored, TextSide.Document));
        });

    /// <summary>ByteQuantizer.java: <c>Math.round(min(ceiling, value) * 255 / ceiling)</c>, halves up.</summary>
    [Theory]
    [InlineData(3, 255)]
    [InlineData(4, 255)]
    [InlineData(1.5f, 128)] // 127.5
    [InlineData(1, 85)]
    [InlineData(0.0058f, 0)] // 0.493
    [InlineData(0.006f, 1)] // 0.51
    public void Bytes_scale_weights_up_to_the_ceiling(float weight, float stored)
    {
        var precision = new BytePrecision(new(documents: 3, queries: 16));
        Assert.Equal(stored, precision.Store(weight, TextSide.Document));
        Assert.Equal(stored, precision.Store(weight * 16 / 3, TextSide.Query));
    }

    [Fact]
    public void Score_units_turn_scores_of_the_largest_weights_back_into_their_product()
    {
        var bytes = new BytePrecision(new(documents: 3, queries: 16));
        Assert.Equal(48, 255 * 255 * bytes.ScoreUnit, tolerance: 1E-5);
        var impacts = new ImpactPrecision(new ImpactScale(50, 255));
        Assert.Equal([75f, 255f, 0f], new[] { 1.5f, 9, 0.009f }.Select(weight => impacts.Store(weight, TextSide.Query)));
        Assert.Equal(1.5 * 2, 75 * 100 * impacts.ScoreUnit, tolerance: 1E-5);
        Assert.Equal(1, new FeatureFieldPrecision().ScoreUnit);
        Assert.Equal(0.1f, StoredPrecision.Unrounded.Store(0.1f, TextSide.Document));
    }

    [Fact]
    public void Stored_vector_has_no_terms_that_become_zero()
    {
        var vector = new SparseVector([new("a", 1), new("b", 0.001f)]);
        Assert.Equal([new("a", 85)], new BytePrecision(new(3, 16)).Store(vector, TextSide.Document).Entries);
        Assert.Empty(new FeatureFieldPrecision().Store(new SparseVector([new("a", 1E-39f)]), TextSide.Document).Entries);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Ceiling_out_of_range_throws(float ceiling)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuantizationCeilings(ceiling, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuantizationCeilings(1, ceiling));
    }
}
