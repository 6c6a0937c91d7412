namespace LuceneLsr.Core.Tests;

public sealed class SparseEncoderExtensionsTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public void Encode_one_text_returns_its_vector()
    {
        var vector = new SparseVector([new("term", 1)]);
        Assert.Same(vector, new FixedEncoder([vector]).Encode("text", TextSide.Query, Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Encode_all_with_another_number_of_vectors_throws_with_both(int count)
    {
        var encoder = new FixedEncoder([.. Enumerable.Repeat(SparseVector.Empty, count)]);
        var error = Assert.Throws<InvalidOperationException>(
            () => encoder.EncodeAll(["a", "b"], TextSide.Document, Cancellation));
        Assert.Contains($"FixedEncoder returned {count} vectors for 2 texts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_all_with_null_throws()
    {
        Assert.Throws<InvalidOperationException>(
            () => new FixedEncoder(null!).EncodeAll(["a"], TextSide.Document, Cancellation));
        Assert.Throws<InvalidOperationException>(
            () => new FixedEncoder([null!]).EncodeAll(["a"], TextSide.Document, Cancellation));
    }

    private sealed class FixedEncoder(SparseVector[] vectors) : ISparseEncoder
    {
        public string VocabularyId => "fixed";

        public IReadOnlyList<SparseVector> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) => vectors;

        public void Dispose()
        {
        }
    }
}
