using CsCheck;

namespace LuceneLsr.Core.Tests;

public class VectorPruningTests
{
    private static readonly SparseVector Vector =
        new([new("a", 8), new("b", 4), new("c", 2), new("d", 1)]);

    [Fact]
    public void Each_setting_keeps_expected_terms()
    {
        Assert.Same(Vector, VectorPruning.None.Apply(Vector));
        Assert.Equal("ab", KeepTerms(new() { MaxTerms = 2 }));
        Assert.Equal("abc", KeepTerms(new() { MinWeight = 2 }));
        Assert.Equal("ab", KeepTerms(new() { MinRatio = 0.5f }));
        Assert.Equal("a", KeepTerms(new() { MinRatio = 1 }));
        Assert.Equal("", KeepTerms(new() { MinWeight = 9 }));
        Assert.Equal("a", KeepTerms(new() { MinMass = 0.5f })); // 8 of 8 + 4 + 2 + 1
        Assert.Equal("ab", KeepTerms(new() { MinMass = 0.6f }));
        Assert.Equal("abc", KeepTerms(new() { MinMass = 0.9f }));
        Assert.Equal("a", KeepTerms(new() { MinMass = 0.01f }));
    }

    [Fact]
    public void Combined_settings_keep_intersection_of_terms() => Gen.Select(
        Gen.Float[0.1f, 9f].Array[0, 12], Gen.Int[1, 12], Gen.Float[0f, 9f], Gen.Float[0f, 1f], Gen.Float[0.01f, 1f])
        .Sample((weights, maxTerms, minWeight, minRatio, mass) =>
        {
            var vector = new SparseVector(weights.Select((weight, index) => new TermWeight($"t{index}", weight)));
            HashSet<TermWeight> Keep(VectorPruning pruning) => [.. pruning.Apply(vector).Entries];
            var intersection = Keep(new() { MaxTerms = maxTerms });
            intersection.IntersectWith(Keep(new() { MinWeight = minWeight }));
            intersection.IntersectWith(Keep(new() { MinRatio = minRatio }));
            intersection.IntersectWith(Keep(new() { MinMass = mass }));
            Assert.Equal(
                intersection,
                Keep(new() { MaxTerms = maxTerms, MinWeight = minWeight, MinRatio = minRatio, MinMass = mass }));
        });

    [Fact]
    public void Setting_out_of_range_throws_naming_property()
    {
        Assert.Equal("MaxTerms", GetRejectedProperty(() => new() { MaxTerms = 0 }));
        Assert.Equal("MinWeight", GetRejectedProperty(() => new() { MinWeight = -1 }));
        Assert.Equal("MinWeight", GetRejectedProperty(() => new() { MinWeight = float.NaN }));
        Assert.Equal("MinRatio", GetRejectedProperty(() => new() { MinRatio = 1.01f }));
        Assert.Equal("MinMass", GetRejectedProperty(() => new() { MinMass = 0 }));
        Assert.Equal("MinMass", GetRejectedProperty(() => new() { MinMass = 1.01f }));
        Assert.Equal("MinMass", GetRejectedProperty(() => new() { MinMass = float.NaN }));
    }

    [Fact]
    public void PrunedEncoder_applies_setting_of_each_side()
    {
        using var encoder = new PrunedEncoder(
            new ConstantEncoder(Vector), new(new() { MaxTerms = 1 }, new() { MinWeight = 4 }));
        Assert.Equal("constant", encoder.VocabularyId);
        Assert.Equal(["a"], encoder.Encode("text", TextSide.Query, Cancellation).Entries.Select(entry => entry.Term));
        Assert.Equal(
            ["a", "b"], encoder.Encode("text", TextSide.Document, Cancellation).Entries.Select(entry => entry.Term));
        var (chunk, vectors) = Assert.Single(
            encoder.EncodeChunks([["text", "more"]], text => text, TextSide.Query, Cancellation));
        Assert.Equal(["text", "more"], chunk);
        Assert.All(vectors, vector => Assert.Equal(["a"], vector.Entries.Select(entry => entry.Term)));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string KeepTerms(VectorPruning pruning) =>
        string.Concat(pruning.Apply(Vector).Entries.Select(entry => entry.Term));

    private static string? GetRejectedProperty(Func<VectorPruning> create) =>
        Assert.Throws<ArgumentOutOfRangeException>(create).ParamName;

    private sealed class ConstantEncoder(SparseVector vector) : ISparseEncoder
    {
        public string VocabularyId => "constant";

        public IReadOnlyList<SparseVector> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
            [.. texts.Select(_ => vector)];

        public void Dispose()
        {
        }
    }
}
