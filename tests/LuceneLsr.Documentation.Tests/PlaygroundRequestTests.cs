using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using LuceneLsr.Documentation.Tests.Pages;
using LuceneLsr.Documentation.Tests.Samples;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Playground;
using LuceneLsr.Playground.Searching;

namespace LuceneLsr.Documentation.Tests;

/// <summary>Requests that the page of the playground shows, sent to a playground of one document.</summary>
public partial class PlaygroundRequestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Gets the path and the body of each request.</summary>
    public static TheoryData<string, string> Requests => [.. Repository.GetPage("docs/playground.md").Blocks
        .SelectMany(block => Curl().Matches(block.Code))
        .Select(match => (match.Groups["path"].Value, match.Groups["body"].Value))];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_of_the_page_is_answered(string path, string body)
    {
        using var encoder = new WordCountEncoder();
        using var index = SparseIndex.CreateInMemory(
            [(new("flowblade", "Video editor", "cut a movie"), new([new("cut", 1), new("movie", 1)]))],
            encoder, ImpactScale.Identity);
        using var engine = new PlaygroundEngine(index, encoder, ImpactScale.Identity, text => text.Split(' '));
        await using var server = PlaygroundServer.Create(engine, new() { Address = new(IPAddress.Loopback, 0) });
        await server.StartAsync(Cancellation);
        using var client = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri($"{server.Urls.Single()}/{path}"), content, Cancellation);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    [GeneratedRegex(@"^curl http://127\.0\.0\.1:5180/(?<path>\S+) --json '(?<body>[^']+)'$", RegexOptions.Multiline)]
    private static partial Regex Curl();
}
