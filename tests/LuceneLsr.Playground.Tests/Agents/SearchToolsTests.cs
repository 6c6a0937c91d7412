using LuceneLsr.Playground.Tests.Support;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace LuceneLsr.Playground.Tests.Agents;

/// <summary>The Model Context Protocol server, asked by the client of the same package.</summary>
public sealed class SearchToolsTests(TinyPlayground playground) : IClassFixture<TinyPlayground>, IAsyncLifetime
{
    private McpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _client = await McpClient.CreateAsync(
        new HttpClientTransport(new() { Endpoint = new Uri(playground.Address, "mcp") }),
        cancellationToken: Cancellation);

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task Tools_are_described_and_read_only()
    {
        var tools = await _client.ListToolsAsync(cancellationToken: Cancellation);
        Assert.Superset(
            new HashSet<string> { "search", "expand_query", "explain_document", "read_document", "list_rules", "try_rule" },
            tools.Select(tool => tool.Name).ToHashSet());
        Assert.All(tools, tool => Assert.NotEmpty(tool.Description));
        Assert.All(tools, tool => Assert.True(tool.ProtocolTool.Annotations?.ReadOnlyHint, tool.Name));
        Assert.All(tools, tool => Assert.All(
            tool.JsonSchema.GetProperty("properties").EnumerateObject(),
            field => Assert.True(field.Value.TryGetProperty("description", out _), $"{tool.Name}.{field.Name}")));
    }

    [Theory]
    [InlineData("bm25")]
    [InlineData("lsr")]
    [InlineData("hybrid")]
    public async Task Search_ranks_by_each_engine(string engine)
    {
        var result = await CallAsync("search", new() { ["text"] = "cut movie", ["engine"] = engine, ["count"] = 2 });
        var ranking = result.StructuredContent!.Value;
        Assert.Equal(engine, ranking.GetProperty("engine").GetString());
        Assert.Equal("cutter", ranking.GetProperty("hits")[0].GetProperty("id").GetString());
        Assert.Equal(2, ranking.GetProperty("hits").GetArrayLength());
    }

    [Fact]
    public async Task Expand_explain_and_read_answer()
    {
        var expansion = await CallAsync("expand_query", new() { ["text"] = "film" });
        Assert.Contains("movie", expansion.StructuredContent!.Value.ToString(), StringComparison.Ordinal);
        var explanation = await CallAsync("explain_document", new() { ["id"] = "player", ["text"] = "film" });
        Assert.Contains("\"score\":", explanation.StructuredContent!.Value.ToString(), StringComparison.Ordinal);
        var document = await CallAsync("read_document", new() { ["id"] = "chess" });
        Assert.Equal("A board game.", document.StructuredContent!.Value.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Rule_is_tried_and_not_kept()
    {
        var trial = await CallAsync("try_rule", new()
        {
            ["rule"] = new Dictionary<string, object?> { ["query"] = "cut", ["word"] = "trim", ["factor"] = 0 },
        });
        Assert.Equal(2, trial.StructuredContent!.Value.GetProperty("queries").GetInt32());
        var rules = await CallAsync("list_rules", []);
        Assert.Equal(0, rules.StructuredContent!.Value.GetProperty("rules").GetArrayLength());
    }

    [Theory]
    [InlineData("search", "text", "a", "engine", "google", "Use bm25 or lsr or hybrid")]
    [InlineData("search", "text", "a", "count", 1000, "count must be from 1 to 100")]
    [InlineData("read_document", "id", "none", "", "", "no document with the id 'none'")]
    [InlineData("explain_document", "id", "none", "text", "a", "no document with the id 'none'")]
    public async Task Wrong_call_is_an_error_that_says_what_to_do(
        string tool, string name, string value, string name2, object value2, string message)
    {
        var arguments = new Dictionary<string, object?> { [name] = value };
        if (name2.Length > 0)
        {
            arguments[name2] = value2;
        }

        var result = await CallAsync(tool, arguments);
        Assert.True(result.IsError);
        Assert.Contains(
            message, string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_out_of_limits_is_an_error_that_says_what_to_do()
    {
        var text = new string('a', 2_001);
        foreach (var (tool, arguments) in new (string, Dictionary<string, object?>)[]
        {
            ("search", new() { ["text"] = text }),
            ("expand_query", new() { ["text"] = text }),
            ("explain_document", new() { ["id"] = "chess", ["text"] = text }),
            ("try_rule", new() { ["rule"] = new Dictionary<string, object?> { ["note"] = text } }),
        })
        {
            var result = await CallAsync(tool, arguments);
            Assert.True(result.IsError);
            Assert.Contains(
                "has more than 2000 characters. Shorten it.",
                string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text)), StringComparison.Ordinal);
        }
    }

    private ValueTask<CallToolResult> CallAsync(string tool, Dictionary<string, object?> arguments) =>
        _client.CallToolAsync(tool, arguments, cancellationToken: Cancellation);
}
