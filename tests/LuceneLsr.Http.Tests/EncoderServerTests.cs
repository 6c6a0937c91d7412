using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LuceneLsr.Onnx;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Serve;
using Microsoft.AspNetCore.Builder;

namespace LuceneLsr.Http.Tests;

/// <summary>The server with the built-in model, on a port of this machine.</summary>
public sealed class EncoderServerTests : IAsyncLifetime
{
    private readonly string _checkpoint = Path.Combine(AppContext.BaseDirectory, "english");
    private readonly OnnxSparseEncoder _model;
    private readonly WebApplication _server;
    private readonly HttpClient _client = new();

    public EncoderServerTests()
    {
        _model = OnnxSparseEncoder.Load(_checkpoint);
        _server = EncoderServer.Create(
            _model, _model.Settings.ImpactScale, CreateIds(), ServerAddress.Parse("http://127.0.0.1:0"),
            maxConcurrentRequests: 512);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(Cancellation);
        _client.BaseAddress = new Uri(_server.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
        _model.Dispose();
    }

    [Theory]
    [InlineData(TextSide.Query)]
    [InlineData(TextSide.Document)]
    public void Encode_by_http_equals_encoder_in_process(TextSide side)
    {
        string[] texts = ["cut scenes out of a movie", "", "zxqwv of 1789", "naïve café"];
        using var encoder = new HttpSparseEncoder(
            _client, new() { VocabularyId = _model.VocabularyId, PromptNames = new("query", "document") });
        var expected = _model.Encode(texts, side, Cancellation);
        var actual = encoder.Encode(texts, side, Cancellation);
        Assert.Equal(expected.Select(Sort), actual.Select(Sort));
    }

    [Fact]
    public async Task Post_one_text_returns_ids_of_vocabulary_and_hashes_of_whole_words_above_it()
    {
        var terms = TermSpace.Load(_checkpoint).Terms.GetDistinctTerms().ToList();
        using var response = await PostAsync("""{"inputs":"movie zxqwv"}""");
        using var answer = await response.Content.ReadFromJsonAsync<JsonDocument>(Cancellation);
        var weights = answer!.RootElement[0].EnumerateArray().ToDictionary(
            weight => weight.GetProperty("token").GetString()!, weight => weight.GetProperty("index").GetInt32());
        Assert.Equal(terms.IndexOf("movi"), weights["movi"]);
        Assert.True(weights["zxqwv"] >= terms.Count);
        Assert.Equal(weights.Count, weights.Values.Distinct().Count());
    }

    [Theory]
    [InlineData("""{"inputs":5}""", 422, "inputs must be a text")]
    [InlineData("""{"inputs":["a",null]}""", 422, "inputs must be a text")]
    [InlineData("""{}""", 422, "inputs must be a text")]
    [InlineData("""[]""", 422, "JSON object with inputs")]
    [InlineData("""{"inputs":"a\ud800b"}""", 422, "not valid Unicode")]
    [InlineData("""{"inputs":"a","prompt_name":"other"}""", 422, "is unknown. Use")]
    [InlineData("""{"inputs":"a","prompt_name":5}""", 422, "prompt_name 5 is unknown")]
    [InlineData("""{"inputs":""", 400, "LineNumber: 0")]
    [InlineData("", 400, "not JSON")]
    public async Task Post_bad_request_returns_status_and_message(string body, int status, string message)
    {
        using var response = await PostAsync(body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(message, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_too_many_texts_or_bytes_is_refused()
    {
        using var many = await PostAsync(JsonSerializer.Serialize(new { inputs = new string[33].Select(_ => "a") }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, many.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Post, "embed_sparse");
        request.Content = new ByteArrayContent(new byte[3 << 20]);
        request.Headers.ExpectContinue = true; // otherwise the server may close while the client still writes
        using var large = await _client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Contains("error", await large.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_while_too_many_requests_are_encoded_is_refused()
    {
        using var encoder = new WaitingEncoder();
        await using var server = EncoderServer.Create(
            encoder, ImpactScale.Identity, CreateIds(), ServerAddress.Parse("http://127.0.0.1:0"),
            maxConcurrentRequests: 1);
        await server.StartAsync(Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(server.Urls.Single()) };
        var first = client.PostAsync("embed_sparse", CreateBody("""{"inputs":"a"}"""), Cancellation);
        await encoder.Started.WaitAsync(Cancellation);
        using var second = await client.PostAsync("embed_sparse", CreateBody("""{"inputs":"a"}"""), Cancellation);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Contains("error", await second.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.True((await client.GetAsync("health", Cancellation)).IsSuccessStatusCode);
        encoder.Go.Release();
        Assert.True((await first).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("embed_sparse", HttpStatusCode.MethodNotAllowed)]
    [InlineData("other", HttpStatusCode.NotFound)]
    public async Task Get_what_is_not_there_returns_error(string path, HttpStatusCode status)
    {
        using var response = await _client.GetAsync(path, Cancellation);
        Assert.Equal(status, response.StatusCode);
        Assert.Contains("error", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:8090")]
    [InlineData("https://127.0.0.1:8090")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:8090/path")]
    [InlineData("http://nosuchhost.invalid:8090")]
    public void Parse_address_that_is_no_interface_throws(string url) =>
        Assert.Throws<FormatException>(() => ServerAddress.Parse(url));

    [Fact]
    public async Task Info_and_health_answer()
    {
        var info = await _client.GetStringAsync("info", Cancellation);
        Assert.Contains(_model.VocabularyId, info, StringComparison.Ordinal);
        Assert.Contains(
            $"\"encoder_name\":\"english\",\"encoder_fingerprint\":\"{_model.Identity!.Fingerprint}\","
            + "\"term_rule\":\"Text, Porter\"",
            info, StringComparison.Ordinal);
        Assert.Contains("\"impact_factor\":50,\"max_impact\":", info, StringComparison.Ordinal);
        using var health = await _client.GetAsync("health", Cancellation);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    private static (string, float)[] Sort(SparseVector vector) =>
        [.. vector.Entries.Select(entry => (entry.Term, entry.Weight)).OrderBy(entry => entry.Term)];

    private TermIds CreateIds() => new(TermSpace.Load(_checkpoint).Terms.GetDistinctTerms());

    private Task<HttpResponseMessage> PostAsync(string body) =>
        _client.PostAsync("embed_sparse", CreateBody(body), Cancellation);

    private static StringContent CreateBody(string json) => new(json, System.Text.Encoding.UTF8, "application/json");

    private sealed class WaitingEncoder : ISparseEncoder
    {
        public SemaphoreSlim Started { get; } = new(0);

        public SemaphoreSlim Go { get; } = new(0);

        public string VocabularyId => "waiting";

        public IReadOnlyList<SparseVector> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
        {
            Started.Release();
            Go.Wait(cancellationToken);
            return [.. texts.Select(_ => SparseVector.Empty)];
        }

        public void Dispose()
        {
            Started.Dispose();
            Go.Dispose();
        }
    }
}
