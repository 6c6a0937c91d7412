using CsCheck;

namespace LuceneLsr.Core.Tests;

public class VectorPruningTests
{
    private static readonly SparseVector Vector =
        new([new("a", 8), new("b", 4), new("c", 2), new("d", 1)]);

    [Fact]
    public void Each_dial_keeps_what_it_says()
    {
        Assert.Same(Vector, VectorPruning.None.Apply(Vector));
        Assert.Equal("ab", Kept(new() { MaxTerms = 2 }));
        Assert.Equal("abc", Kept(new() { MinWeight = 2 }));
        Assert.Equal("ab", Kept(new() { MinRatio = 0.5f }));
        Assert.Equal("a", Kept(new() { MinRatio = 1 }));
        Assert.Equal("", Kept(new() { MinWeight = 9 }));
    }

    [Fact]
    public void Dials_together_keep_what_each_of_them_keeps() => Gen.Select(
        Gen.Float[0.1f, 9f].Array[0, 12], Gen.Int[1, 12], Gen.Float[0f, 9f], Gen.Float[0f, 1f]).Sample(
        (weights, most, least, share) =>
        {
            var vector = new SparseVector(weights.Select((weight, at) => new TermWeight($"t{at}", weight)));
            HashSet<TermWeight> Of(VectorPruning pruning) => [.. pruning.Apply(vector).Entries];
            var each = Of(new() { MaxTerms = most });
            each.IntersectWith(Of(new() { MinWeight = least }));
            each.IntersectWith(Of(new() { MinRatio = share }));
            Assert.Equal(each, Of(new() { MaxTerms = most, MinWeight = least, MinRatio = share }));
        });

    [Fact]
    public void A_setting_out_of_range_is_refused_by_name()
    {
        Assert.Equal("MaxTerms", Refused(() => new() { MaxTerms = 0 }));
        Assert.Equal("MinWeight", Refused(() => new() { MinWeight = -1 }));
        Assert.Equal("MinWeight", Refused(() => new() { MinWeight = float.NaN }));
        Assert.Equal("MinRatio", Refused(() => new() { MinRatio = 1.01f }));
    }

    [Fact]
    public void An_encoder_prunes_each_side_by_its_own_setting()
    {
        using var encoder = new PrunedEncoder(new Always(Vector), new(new() { MaxTerms = 1 }, new() { MinWeight = 4 }));
        Assert.Equal("always", encoder.VocabularyId);
        Assert.Equal(["a"], encoder.Encode("text", TextSide.Query, Cancellation).Entries.Select(entry => entry.Term));
        Assert.Equal(
            ["a", "b"], encoder.Encode("text", TextSide.Document, Cancellation).Entries.Select(entry => entry.Term));
        var (window, vectors) = Assert.Single(
            encoder.EncodeChunks([["text", "more"]], text => text, TextSide.Query, Cancellation));
        Assert.Equal(["text", "more"], window);
        Assert.All(vectors, vector => Assert.Equal(["a"], vector.Entries.Select(entry => entry.Term)));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Kept(VectorPruning pruning) =>
        string.Concat(pruning.Apply(Vector).Entries.Select(entry => entry.Term));

    private static string? Refused(Func<VectorPruning> create) =>
        Assert.Throws<ArgumentOutOfRangeException>(create).ParamName;

    private sealed class Always(SparseVector vector) : ISparseEncoder
    {
        public string VocabularyId => "always";

        public IReadOnlyList<SparseVector> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
            [.. texts.Select(_ => vector)];

        public void Dispose()
        {
        }
    }
}
