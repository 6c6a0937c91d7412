using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace LuceneLsr.Http.Tests;

public class HttpSparseEncoderTests
{
    private const string Endpoint = "http://localhost/models/embed_sparse"; // of the scripted server

    private static readonly string?[] Vocabulary = ["[CLS]", "cut", "film", "film"];

    // An answer as Text Embeddings Inference gives it.
    [Fact]
    public void Encode_token_ids_looks_up_terms_and_takes_maximum()
    {
        var server = new ScriptedServer((
            HttpStatusCode.OK,
            """[[{"index":1,"value":0.5},{"index":2,"value":1.25},{"index":3,"value":2}],[{"index":1,"value":3}]]"""));
        using var encoder = Create(server, new() { VocabularyId = "v", GetTerm = id => Vocabulary[id] });
        var vectors = encoder.Encode(["a film", "cut"], TextSide.Document, Cancellation);
        Assert.Equal([new("cut", 0.5f), new("film", 2)], vectors[0].Entries.OrderBy(entry => entry.Term));
        Assert.Equal([new("cut", 3)], vectors[1].Entries);
        Assert.Equal(
            [("/models/embed_sparse", """{"inputs":["a film","cut"],"truncate":true}""")], server.Requests);
        Assert.Equal("v", encoder.VocabularyId);
    }

    [Fact]
    public void Encode_named_terms_needs_no_vocabulary()
    {
        var server = new ScriptedServer((HttpStatusCode.OK, """[[{"index":7,"value":1,"token":"movi"}]]"""));
        using var encoder = Create(server);
        Assert.Equal([new("movi", 1)], encoder.Encode("movies", TextSide.Query, Cancellation).Entries);
    }

    [Fact]
    public void Encode_many_texts_sends_batches_without_blank_texts()
    {
        var server = new ScriptedServer(
            (HttpStatusCode.OK, """[[{"index":0,"value":1,"token":"a"}],[{"index":0,"value":1,"token":"b"}]]"""),
            (HttpStatusCode.OK, """[[{"index":0,"value":1,"token":"c"}]]"""));
        using var encoder = Create(server, new() { VocabularyId = "v", BatchSize = 2 });
        var vectors = encoder.Encode(["", "a", " ", "b", "c"], TextSide.Document, Cancellation);
        Assert.Equal(
            ["", "a", "", "b", "c"],
            vectors.Select(vector => string.Concat(vector.Entries.Select(entry => entry.Term))));
        Assert.Equal(2, server.Requests.Count);
        Assert.Empty(encoder.Encode([], TextSide.Query, Cancellation));
    }

    [Fact]
    public void Encode_long_texts_sends_fewer_at_once_and_characters_as_they_are()
    {
        var one = """[[{"index":0,"value":1,"token":"a"}]]""";
        var server = new ScriptedServer(
            (HttpStatusCode.OK, """[[{"index":0,"value":1,"token":"a"}],[{"index":0,"value":1,"token":"b"}]]"""),
            (HttpStatusCode.OK, one), (HttpStatusCode.OK, one));
        using var encoder = Create(server, new() { VocabularyId = "v", BatchSizeInBytes = 4 });
        Assert.Equal(4, encoder.Encode(["é", "b", "cde", "long text"], TextSide.Document, Cancellation).Count);
        Assert.Equal(
            ["""{"inputs":["é","b"]""", """{"inputs":["cde"]""", """{"inputs":["long text"]"""],
            server.Requests.Select(request => request.Body.Split(",\"truncate")[0]));
    }

    [Theory]
    [InlineData(TextSide.Query, "\"prompt_name\":\"query\"")]
    [InlineData(TextSide.Document, "\"prompt_name\":\"passage\"")]
    public void Encode_with_prompt_names_sends_that_of_the_side(TextSide side, string expected)
    {
        var server = new ScriptedServer((HttpStatusCode.OK, "[[]]"));
        using var encoder = Create(server, new() { VocabularyId = "v", PromptNames = new("query", "passage") });
        encoder.Encode("a", side, Cancellation);
        Assert.Contains(expected, server.Requests[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":"Model is overloaded","error_type":"Overloaded"}""", "Model is overloaded")]
    [InlineData("Bad gateway", "Bad gateway")]
    public void Encode_when_server_fails_throws_with_address_status_and_message(string body, string message)
    {
        using var encoder = Create(new ScriptedServer((HttpStatusCode.TooManyRequests, body)));
        var error = Assert.Throws<HttpRequestException>(() => encoder.Encode("a", TextSide.Query, Cancellation));
        Assert.Equal(HttpStatusCode.TooManyRequests, error.StatusCode);
        Assert.Equal(
            $"{Endpoint} answered with status 429 (TooManyRequests): {message}", error.Message);
    }

    [Theory]
    [InlineData("[]", "0 vectors for 1 texts")]
    [InlineData("null", "0 vectors for 1 texts")]
    [InlineData("[null]", "no vector for a text")]
    [InlineData("[[null]]", "a weight that is no number")]
    [InlineData("""[[{"index":1,"value":1e99,"token":"a"}]]""", "a weight that is no number")]
    [InlineData("""[[{"index":1,"value":1}]]""", "token ids without terms. Set HttpEncoderOptions.GetTerm")]
    [InlineData("<html>", "'<' is an invalid start of a value")]
    public void Encode_answer_in_another_format_throws_with_address(string body, string problem)
    {
        using var encoder = Create(new ScriptedServer((HttpStatusCode.OK, body)));
        var error = Assert.Throws<InvalidDataException>(() => encoder.Encode("a", TextSide.Query, Cancellation));
        Assert.StartsWith($"{Endpoint} did not answer", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_after_cancellation_throws()
    {
        using var encoder = Create(new ScriptedServer());
        Assert.ThrowsAny<OperationCanceledException>(
            () => encoder.Encode("a", TextSide.Query, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Encode_server_that_hangs_throws_timeout()
    {
        using var client = new HttpClient(new HangingServer())
        {
            BaseAddress = new Uri("http://localhost/"), Timeout = TimeSpan.FromMilliseconds(20),
        };
        using var encoder = new HttpSparseEncoder(client, new() { VocabularyId = "v" });
        var error = Assert.Throws<TimeoutException>(() => encoder.Encode("a", TextSide.Query, Cancellation));
        Assert.Contains("http://localhost/embed_sparse", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_with_standard_resilience_retries_a_busy_server()
    {
        var server = new ScriptedServer(
            (HttpStatusCode.ServiceUnavailable, ""),
            (HttpStatusCode.OK, """[[{"index":7,"value":1,"token":"movi"}]]"""));
        var services = new ServiceCollection();
        services.AddHttpClient("encoder", client => client.BaseAddress = new Uri("http://localhost/"))
            .ConfigurePrimaryHttpMessageHandler(() => server)
            .AddStandardResilienceHandler(options => options.Retry.Delay = TimeSpan.FromMilliseconds(1));
        using var provider = services.BuildServiceProvider();
        using var encoder = new HttpSparseEncoder(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient("encoder"), new() { VocabularyId = "v" });
        Assert.Equal([new("movi", 1)], encoder.Encode("movies", TextSide.Query, Cancellation).Entries);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public void Create_without_base_address_or_batch_throws()
    {
        using var client = new HttpClient();
        Assert.Throws<ArgumentException>(() => new HttpSparseEncoder(client, new() { VocabularyId = "v" }));
        client.BaseAddress = new Uri("http://localhost/");
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new HttpSparseEncoder(client, new() { VocabularyId = "v", BatchSize = 0 }));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static HttpSparseEncoder Create(ScriptedServer server, HttpEncoderOptions? options = null) =>
        new(server.CreateClient(), options ?? new() { VocabularyId = "v" });

    private sealed class HangingServer : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancellationToken);
        }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
