using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Playground.Messages;
using LuceneLsr.Playground.Tests.Support;

namespace LuceneLsr.Playground.Tests.Api;

public sealed class RuleEndpointsTests(TinyPlayground playground) : IClassFixture<TinyPlayground>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rule_on_queries_changes_the_expansion_until_it_is_removed()
    {
        var added = await ChangeAsync("rules", new { rule = new { query = "film", word = "Movie", factor = 0.5, note = "n" } });
        var rule = Assert.Single(added["rules"]!.AsArray());
        Assert.Equal(("film", "movie", "x 0.5"), ((string?)rule!["query"], (string?)rule["term"], (string?)rule["effect"]));
        Assert.Equal(5, FindTerm("film", "movie").Weight);
        Assert.Equal(10, FindTerm("film", "movie").Before);
        Assert.Equal(10, FindTerm("film", "movie", useRules: false).Weight);
        await ChangeAsync("rules/disable", new { id = "rule-1" });
        Assert.Equal(10, FindTerm("film", "movie").Weight);
        await ChangeAsync("rules/enable", new { id = "rule-1" });
        Assert.Equal(5, FindTerm("film", "movie").Weight);
        Assert.Empty((await ChangeAsync("rules/remove", new { id = "rule-1" }))["rules"]!.AsArray());
        Assert.Equal(10, FindTerm("film", "movie").Weight);
    }

    [Fact]
    public async Task Rule_on_a_document_changes_its_score_and_explanation()
    {
        await ChangeAsync("rules", new { rule = new { document = "chess", word = "film", impact = 80 } });
        var search = new SearchRequest { Text = "film", Count = 100 };
        var hit = playground.Engine.Search(search, Cancellation).Rankings.Single(ranking => ranking.Engine == Engines.Lsr)
            .Hits.First(hit => hit.Id == "chess");
        Assert.Equal(20 * 80, hit.Score);
        var score = playground.Engine.Explain(new() { Id = "chess", Search = search }, Cancellation).Scores
            .Single(score => score.Engine == Engines.Lsr);
        Assert.Equal(new Reason("film", 20, 80, 0, 1_600), Assert.Single(score.Reasons));
        Assert.Empty((await ChangeAsync("rules/undo", new { }))["rules"]!.AsArray());
    }

    [Fact]
    public async Task Repeated_rule_is_refused()
    {
        var rule = new { query = "film", word = "movie", factor = 0.5 };
        await ChangeAsync("rules", new { rule });
        using var again = await PostAsync("rules", new { version = playground.Engine.Rules.List().Version, rule });
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains(
            "the same rule already exists, with the id 'rule-1'", await again.Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal);
        Assert.Empty((await ChangeAsync("rules/undo", new { }))["rules"]!.AsArray());
    }

    [Fact]
    public async Task Trial_compares_judged_queries_and_changes_nothing()
    {
        using var response = await PostAsync("rules/try", new { rule = new { query = "cut", word = "trim", impact = 900 } });
        var trial = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Empty(playground.Engine.Rules.List().Rules);
        var engine = trial.GetProperty("engines").EnumerateArray()
            .Single(engine => engine.GetProperty("engine").GetString() == Engines.Lsr);
        var change = Assert.Single(engine.GetProperty("changes").EnumerateArray());
        Assert.Equal("q1", change.GetProperty("id").GetString());

        // The rule makes "trim" the heaviest term by far, so the documents that have it come first.
        var grades = new Dictionary<string, int> { ["cutter"] = 2, ["editor"] = 1, ["chess"] = 0 };
        var after = playground.Engine.Search(
            new()
            {
                Text = "cut movie",
                Count = 100,
                Terms = [
                    new() { Term = "cut", Weight = 20 }, new() { Term = "movie", Weight = 20 },
                    new() { Term = "film", Weight = 10 }, new() { Term = "actor", Weight = 10 },
                    new() { Term = "trim", Weight = 900 }],
            },
            Cancellation).Rankings.Single(ranking => ranking.Engine == Engines.Lsr).Hits;
        Assert.Equal(
            new Ndcg(10).Score([.. after.Select(hit => new LuceneLsr.Evaluation.Runs.ScoredDocument(hit.Id, hit.Score))], grades),
            change.GetProperty("after").GetDouble(), 1e-9);
        var mean = engine.GetProperty("after").GetDouble() - engine.GetProperty("before").GetDouble();
        Assert.Equal((change.GetProperty("after").GetDouble() - change.GetProperty("before").GetDouble()) / 2, mean, 1e-9);
        Assert.Equal(1, engine.GetProperty("pValue").GetDouble()); // one query of two proves nothing
    }

    [Theory]
    [InlineData("""{"query":"film","term":"movie"}""", "either a factor or an impact")]
    [InlineData("""{"query":"film","term":"movie","factor":-1}""", "from 0 to 1000")]
    [InlineData("""{"query":"film","factor":1}""", "needs a term or a word")]
    [InlineData("""{"query":"film","word":"two words","factor":1}""", "word 'two words' has several index terms")]
    [InlineData("""{"query":" ,. ","term":"a","factor":1}""", "query ' ,. ' has no word")]
    [InlineData("""{"term":"movie","factor":1}""", "either query or document")]
    [InlineData("""{"query":"film","document":"chess","term":"movie","impact":1}""", "either query or document")]
    [InlineData("""{"document":"chess","term":"movie"}""", "impact is missing")]
    [InlineData("""{"document":"chess","term":"movie","impact":0}""", "but must be from 1")]
    [InlineData("""{"document":"chess","term":"movie","impact":5,"factor":1}""", "no factor")]
    [InlineData("""{"document":"none","term":"movie","impact":5}""", "no document with the id 'none'")]
    public async Task Invalid_rule_is_refused_and_the_message_names_the_field(string rule, string message)
    {
        foreach (var (path, body) in new[]
        {
            ("rules/try", $$"""{"rule":{{rule}}}"""), ("rules", $$"""{"version":"{{playground.Engine.Rules.List().Version}}","rule":{{rule}}}"""),
        })
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await playground.Client.PostAsync(
                new Uri($"api/{path}", UriKind.Relative), content, Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(message, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Stale_version_is_a_conflict_and_unknown_id_is_not_found()
    {
        using var stale = await PostAsync("rules/undo", new { version = "stale" });
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        using var unknown = await PostAsync(
            "rules/remove", new { version = playground.Engine.Rules.List().Version, id = "none" });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("no rule 'none'", await unknown.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private ExpansionTerm FindTerm(string text, string term, bool useRules = true) => playground.Engine
        .Search(new() { Text = text, UseRules = useRules }, Cancellation).Terms.Single(other => other.Term == term);

    private async Task<JsonNode> ChangeAsync(string path, object body)
    {
        var json = JsonSerializer.SerializeToNode(body)!;
        json["version"] = playground.Engine.Rules.List().Version;
        using var response = await PostAsync(path, json);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        return (await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
    }

    private Task<HttpResponseMessage> PostAsync(string path, object body) =>
        playground.Client.PostAsJsonAsync(new Uri($"api/{path}", UriKind.Relative), body, Cancellation);
}
