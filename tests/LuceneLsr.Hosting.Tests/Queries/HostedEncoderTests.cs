using LuceneLsr.Hosting.Tests.Support;

namespace LuceneLsr.Hosting.Tests.Queries;

public sealed class HostedEncoderTests : IDisposable
{
    private readonly Application _application = new(options => options.Batch.MaxSize = 2);

    private ISparseEncoder Encoder => _application.Get<ISparseEncoder>();

    private IEnumerable<(TextSide Side, string Texts)> Calls => _application.Encoder.Calls;

    public void Dispose() => _application.Dispose();

    [Fact]
    public void Encoder_has_the_vocabulary_and_identity_of_the_application_s_encoder()
    {
        Assert.Equal("words", Encoder.VocabularyId);
        Assert.Same(_application.Encoder.Identity, Encoder.Identity);
    }

    [Fact]
    public void Encode_documents_goes_straight_to_the_encoder_each_time()
    {
        Encoder.Encode(["cut", "film", "cut"], TextSide.Document, Application.Cancellation);
        Encoder.Encode(["cut"], TextSide.Document, Application.Cancellation);
        Assert.Equal([(TextSide.Document, "cut|film|cut"), (TextSide.Document, "cut")], Calls);
    }

    [Fact]
    public void Encode_queries_returns_vectors_in_order_and_encodes_each_text_once()
    {
        string[] texts = ["a", "b", "a", "c", "", "b"];
        var vectors = Encoder.Encode(texts, TextSide.Query, Application.Cancellation);
        Assert.Equal(texts, vectors.Select(vector => string.Concat(vector.Entries.Select(entry => entry.Term))));
        var encoded = Calls.SelectMany(call => call.Texts.Split('|')).ToList();
        Assert.Equal(["a", "b", "c"], encoded.Order(StringComparer.Ordinal));
        Assert.All(Calls, call => Assert.Equal(TextSide.Query, call.Side));
    }

    [Theory]
    [InlineData(TextSide.Query)]
    [InlineData(TextSide.Document)]
    public void Encode_chunks_uses_the_chunks_of_the_encoder(TextSide side)
    {
        IReadOnlyList<string>[] chunks = [["a", "b", "c"], ["a"]];
        var encoded = Encoder.EncodeChunks(chunks, text => text, side, Application.Cancellation).ToList();
        Assert.Equal([3, 1], encoded.Select(chunk => chunk.Vectors.Count));
        Assert.Equal([(side, "chunks"), (side, "a|b|c"), (side, "a")], Calls);
    }

    [Fact]
    public void Dispose_leaves_the_encoder_to_the_container()
    {
        Encoder.Dispose();
        Assert.Equal(0, _application.Encoder.Disposals);
    }

    [Fact]
    public void Encode_queries_that_fail_throws_the_encoder_s_exception()
    {
        _application.Encoder.BeforeEncode = _ => throw new InvalidDataException();
        Assert.Throws<InvalidDataException>(
            () => Encoder.Encode(["a"], TextSide.Query, Application.Cancellation));
    }
}
