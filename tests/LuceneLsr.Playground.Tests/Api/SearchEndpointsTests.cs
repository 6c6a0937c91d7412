using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LuceneLsr.Playground.Tests.Support;

namespace LuceneLsr.Playground.Tests.Api;

public sealed class SearchEndpointsTests(TinyPlayground playground) : IClassFixture<TinyPlayground>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_returns_three_rankings()
    {
        using var answer = await PostAsync("api/search", """{"text":"cut movie","count":2}""");
        using var json = await answer.Content.ReadFromJsonAsync<JsonDocument>(Cancellation);
        var rankings = json!.RootElement.GetProperty("rankings").EnumerateArray().ToList();
        Assert.Equal(["bm25", "lsr", "hybrid"], rankings.Select(ranking => ranking.GetProperty("engine").GetString()));
        Assert.All(rankings, ranking => Assert.Equal(2, ranking.GetProperty("hits").GetArrayLength()));
    }

    [Fact]
    public async Task Info_queries_expand_and_document_answer()
    {
        Assert.Contains("\"documents\":6", await GetAsync("api/info"), StringComparison.Ordinal);
        Assert.Contains("{\"id\":\"q1\",\"text\":\"cut movie\"}", await GetAsync("api/queries"), StringComparison.Ordinal);
        Assert.Contains("A board game.", await GetAsync("api/document?id=chess"), StringComparison.Ordinal);
        using var expansion = await PostAsync("api/expand", """{"text":"film"}""");
        Assert.Contains("\"term\":\"movie\"", await ReadAsync(expansion), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/search", "{", 400, "not valid JSON in line 1, byte 2")]
    [InlineData("api/search", "", 400, "The body is empty")]
    [InlineData("api/search", "[]", 400, "the body is [], but must be an object")]
    [InlineData("api/search", "null", 400, "The body is empty or null. Send a JSON object")]
    [InlineData("api/search", "{}", 400, "the body must have 'text'")]
    [InlineData("api/search", """{"text":null}""", 400, "field 'text' is null, but must be a string")]
    [InlineData("api/search", """{"text":5}""", 400, "field 'text' is 5, but must be a string")]
    [InlineData("api/search", """{"TEXT":5}""", 400, "field 'TEXT' is 5, but must be a string")]
    [InlineData("api/search", """{"text":"a","cuont":5}""", 400, "unknown field 'cuont'. Correct its name")]
    [InlineData("api/search", """{"text":"a","count":"5"}""", 400, "field 'count' is \"5\", but must be an integer")]
    [InlineData("api/search", """{"text":"a","count":0}""", 400, "count must be from 1 to 100")]
    [InlineData("api/search", """{"text":"a","count":1e99}""", 400, "field 'count' is 1e99, but must be an integer")]
    [InlineData("api/search", """{"text":"a","useRules":1}""", 400, "field 'useRules' is 1, but must be true or false")]
    [InlineData("api/search", """{"text":"a","minRatio":[]}""", 400, "field 'minRatio' is [], but must be a number")]
    [InlineData("api/search", """{"text":"a","terms":5}""", 400, "field 'terms' is 5, but must be an array")]
    [InlineData("api/search", """{"text":"a","terms":[null]}""", 400, "One of terms is null")]
    [InlineData("api/search", """{"text":"","terms":[{"term":"a"}]}""", 400, "field 'terms[0]' must have 'weight'")]
    [InlineData("api/search", """{"text":"a","terms":[{"term":"a","weight":-1}]}""", 400, "weight of a term")]
    [InlineData("api/search", """{"text":"a\ud800b"}""", 400, "\\ud800b\", which has half of a surrogate pair")]
    [InlineData("api/rules/undo", """{"version":""}""", 400, "version is missing")]
    [InlineData("api/rules/remove", """{"version":"0","id":""}""", 400, "id is missing")]
    [InlineData("api/rules/try", """{"rule":null}""", 400, "field 'rule' is null, but must be an object")]
    [InlineData("api/rules/try", """{"rule":{"factor":"2"}}""", 400, "'rule.factor' is \"2\", but must be a number")]
    [InlineData("api/passages", """{"ids":[null],"search":{"text":"a"}}""", 400, "One of ids is null")]
    [InlineData("api/passages", """{"ids":["chess"],"search":{"text":"a","terms":[null]}}""", 400, "One of terms is null")]
    [InlineData("api/passages", """{"ids":["chess","none"],"search":{"text":""}}""", 404, "no document with the id")]
    [InlineData("api/explain", """{"id":"none","search":{"text":"a"}}""", 404, "no document with the id 'none'")]
    [InlineData("api/explain", """{"id":"chess","search":null}""", 400, "field 'search' is null, but must be")]
    [InlineData("api/explain", """{"id":"chess","text":"a"}""", 400, "field 'text'")]
    [InlineData("api/explain", """{"id":"chess","search":{"text":"a","b":2}}""", 400, "b must be from 0 to 1")]
    public async Task Post_bad_request_returns_problem_that_names_the_field(
        string path, string body, int status, string detail)
    {
        using var response = await PostAsync(path, body);
        await AssertProblemAsync(response, status, detail);
    }

    [Fact]
    public async Task Post_huge_text_or_body_is_refused()
    {
        using var text = await PostAsync("api/search", JsonSerializer.Serialize(new { text = new string('a', 2_001) }));
        await AssertProblemAsync(text, 400, "more than 2000 characters");
        using var expand = await PostAsync("api/expand", JsonSerializer.Serialize(new { text = new string('a', 2_001) }));
        await AssertProblemAsync(expand, 400, "more than 2000 characters");
        using var rule = await PostAsync(
            "api/rules/try", JsonSerializer.Serialize(new { rule = new { note = new string('a', 2_001) } }));
        await AssertProblemAsync(rule, 400, "note has more than 2000 characters");
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/search");
        request.Content = new ByteArrayContent(new byte[1 << 20]);
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.ExpectContinue = true; // otherwise the server may close while the client still writes
        using var body = await playground.Client.SendAsync(request, Cancellation);
        await AssertProblemAsync(body, 413, "too large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task Post_of_other_content_type_is_refused(string type)
    {
        using var content = new StringContent("""{"text":"a"}""");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await playground.Client.PostAsync(new Uri("api/search", UriKind.Relative), content, Cancellation);
        await AssertProblemAsync(response, 415, "");
    }

    [Fact]
    public async Task Post_of_a_long_wrong_value_quotes_its_start()
    {
        using var response = await PostAsync("api/search", "{\"text\":{\"a\":\"" + new string('b', 100_000) + "\"}}");
        await AssertProblemAsync(response, 400, "field 'text' is {\"a\":\"bbb");
        Assert.InRange((await ReadAsync(response)).Length, 1, 1_000);
    }

    [Theory]
    [InlineData("nothing", 404, "nothing at this address")]
    [InlineData("api/search", 405, "another method")]
    [InlineData("api/document", 400, "'id' is missing from the query string")]
    [InlineData("api/document?id=none", 404, "no document with the id 'none'")]
    [InlineData("../secrets", 404, "nothing at this address")]
    public async Task Get_what_is_not_there_returns_problem(string path, int status, string detail)
    {
        using var response = await playground.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        await AssertProblemAsync(response, status, detail);
    }

    [Fact]
    public async Task Client_that_accepts_html_alone_gets_problem()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/document?id=none");
        request.Headers.Accept.Add(new("text/html"));
        using var response = await playground.Client.SendAsync(request, Cancellation);
        await AssertProblemAsync(response, 404, "no document with the id 'none'");
    }

    [Fact]
    public async Task Open_api_describes_every_operation_and_every_field()
    {
        using var document = JsonDocument.Parse(await GetAsync("openapi/v1.json"));
        var operations = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()).ToList();
        Assert.True(operations.Count >= 6, $"{operations.Count} operations");
        Assert.All(operations, operation => Assert.True(
            operation.Value.TryGetProperty("summary", out _) && operation.Value.TryGetProperty("description", out _),
            operation.ToString()));
        foreach (var schema in document.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            Assert.True(schema.Value.TryGetProperty("description", out _), schema.Name);
            Assert.All(
                schema.Value.GetProperty("properties").EnumerateObject().Where(field => !field.Value.TryGetProperty("$ref", out _)),
                field => Assert.True(field.Value.TryGetProperty("description", out _), $"{schema.Name}.{field.Name}"));
        }
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, int status, string detail)
    {
        var text = await ReadAsync(response);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(text);
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        var found = problem.RootElement.GetProperty("detail").GetString();
        Assert.Contains(detail, found, StringComparison.Ordinal);
        Assert.DoesNotMatch("System\\.|LuceneLsr|Request\\b|[Tt]ype '", found); // no names of .NET types
    }

    private static Task<string> ReadAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Cancellation);

    private Task<string> GetAsync(string path) =>
        playground.Client.GetStringAsync(new Uri(path, UriKind.Relative), Cancellation);

    private async Task<HttpResponseMessage> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await playground.Client.PostAsync(new Uri(path, UriKind.Relative), content, Cancellation);
    }
}
