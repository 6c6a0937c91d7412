using System.Net;
using System.Text;
using LuceneLsr.Playground.Security;
using LuceneLsr.Playground.Tests.Support;

namespace LuceneLsr.Playground.Tests.Security;

public sealed class ServerSecurityTests(TinyPlayground playground) : IClassFixture<TinyPlayground>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("evil.example:80", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("localhost.evil.example", 400)]
    [InlineData("192.168.1.5", 400)]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1:9", 200)]
    [InlineData("[::1]", 200)]
    public async Task Host_header_must_name_this_machine(string host, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/info");
        request.Headers.Host = host;
        using var response = await playground.Client.SendAsync(request, Cancellation);
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 400)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Contains(
                $"'{host}' is not a host of this server.", await response.Content.ReadAsStringAsync(Cancellation),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://127.0.0.1:1", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Accept", "application/json", 200)]
    public async Task Request_of_another_site_is_refused(string header, string value, int status)
    {
        foreach (var path in new[] { "api/search", "api/expand" })
        {
            using var request = CreatePost(path);
            request.Headers.Add(header, value);
            using var response = await playground.Client.SendAsync(request, Cancellation);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task Request_of_another_site_does_not_reach_the_agents()
    {
        using var request = CreatePost("mcp");
        request.Headers.Add("Origin", "https://evil.example");
        using var response = await playground.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Request_of_the_page_itself_is_answered()
    {
        using var request = CreatePost("api/search");
        request.Headers.Add("Origin", playground.Address.GetLeftPart(UriPartial.Authority));
        using var response = await playground.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("", "https://search.example", 200)]
    [InlineData("", "https://search.example:443", 200)]
    [InlineData(":443", "https://search.example", 200)]
    [InlineData(":80", "http://search.example", 200)]
    [InlineData(":8443", "https://search.example:8443", 200)]
    [InlineData("", "https://search.example:8443", 403)]
    [InlineData(":8443", "https://search.example", 403)]
    [InlineData("", "https://localhost", 403)]
    [InlineData("", "https://search.example.evil.example", 403)]
    [InlineData("", "chrome-extension://search.example", 403)]
    public async Task Request_through_a_proxy_with_TLS_must_have_its_name_and_port(string port, string origin, int status)
    {
        using var request = CreatePost("api/search");
        request.Headers.Host = TinyPlayground.Host + port;
        request.Headers.Add("Origin", origin);
        using var response = await playground.Client.SendAsync(request, Cancellation);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("app.js")]
    [InlineData("api/info")]
    [InlineData("nothing")]
    [InlineData("openapi/v1.json")]
    public async Task Every_response_has_security_headers_and_no_CORS(string path)
    {
        using var response = await playground.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        var policy = string.Join(' ', response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.DoesNotContain(response.Headers, header =>
            header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Hosts_of_loopback_are_local_names_and_given_ones() => Assert.Equal(
        ["localhost", "127.0.0.1", "[::1]", "search.example"],
        AllowedHosts.Find(IPAddress.Loopback, ["search.example"]));

    [Fact]
    public void Hosts_of_all_interfaces_have_the_name_and_addresses_of_the_machine()
    {
        var hosts = AllowedHosts.Find(IPAddress.Any, []);
        Assert.Contains(Dns.GetHostName(), hosts);
        Assert.Contains("127.0.0.1", hosts);
        Assert.DoesNotContain("*", hosts);
    }

    private static HttpRequestMessage CreatePost(string path) => new(HttpMethod.Post, path)
    {
        Content = new StringContent("""{"text":"cut"}""", Encoding.UTF8, "application/json"),
    };
}
