using System.Text.Json;
using LuceneLsr.TestSupport;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Search;

/// <summary>Runs lsr-search edit on the animal collection.</summary>
public sealed class EditTests(ToolFixture fixture) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Rules => _folder.File("rules.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rules_change_a_search_until_they_are_disabled_or_removed()
    {
        await EditAsync("add", "--document", "whale", "--term", "purr", "--impact", "5000", "--note", "a [test]");
        await EditAsync("add", "--query", "purring home", "--never", "home", "--id", "second");
        var list = await EditAsync("list");
        Assert.Contains(list.Rows, row => row[0] == "whale-purr" && row[1] == "document whale: purr +5000"
            && row[6] == "a [test]");
        Assert.Contains(list.Rows, row => row[0] == "second" && row[1] == "queries with purring home: never match home");
        var edited = await SearchAsync("purr at home");
        Assert.Equal("whale", edited.Rows.First(row => row[0] == "1")[2]);
        await EditAsync("disable", "whale-purr");
        Assert.Equal("cat", (await SearchAsync("purr at home")).Rows.First(row => row[0] == "1")[2]);
        await EditAsync("enable", "whale-purr");
        Assert.Equal("whale", (await SearchAsync("purr at home")).Rows.First(row => row[0] == "1")[2]);
        await EditAsync("remove", "whale-purr");
        Assert.Equal("cat", (await SearchAsync("--syntax", "purr at home")).Rows.First(row => row[0] == "1")[2]);
        (await Tool.Search.RunAsync("edit", "remove", "whale-purr", "--rules", Rules)).Failed("no rule 'whale-purr'");
    }

    [Fact]
    public async Task Trial_reports_changed_queries_and_leaves_file_alone()
    {
        var log = _folder.WriteLines("log.txt", "deep sea", "", "honey");
        var trial = (await Tool.Search.RunAsync(
            "edit", "add", "--try", "--document", "cat", "--term", "honey", "--impact", "5000", "--rules", Rules,
            "--queries", log, "--collection", fixture.Collection, "--index", fixture.Index, "--checkpoint",
            fixture.Exported)).Succeeded();
        Assert.False(File.Exists(Rules));
        Assert.Contains(" of 8 queries change in the top 10", trial.UnwrappedOutput, StringComparison.Ordinal);
        var metric = trial.Rows.Single(row => row[0] == "nDCG@10");
        Assert.Equal("0", metric[4]); // better
        Assert.True(int.Parse(metric[5]) >= 2); // q5 and q6, which find the bee
        Assert.Contains("line 3 honey", trial.UnwrappedOutput, StringComparison.Ordinal);
        Assert.Contains(trial.Rows, row => row is ["bee", "1", "1", "2", _]);
    }

    [Fact]
    public async Task Export_writes_targets_that_equal_edited_weights()
    {
        await EditAsync("add", "--query", "honey", "--never", "honey");
        await EditAsync("add", "--document", "bee", "--term", "honey", "--impact", "-60000");
        var output = _folder.File("targets.jsonl");
        (await Tool.Search.RunAsync(
            "edit", "export", "--rules", Rules, "--output", output, "--collection", fixture.Collection, "--checkpoint",
            fixture.Exported)).Succeeded();
        Assert.Equal(
            [
                """{"side":"query","text":"honey","targets":{"honei":0}}""",
                """{"side":"document","text":"Bee bees make honey in a hive, and bees sting to guard honey in the hive","targets":{"honei":0}}""",
            ],
            File.ReadAllLines(output));
    }

    [Fact]
    public async Task Eval_applies_rules()
    {
        await EditAsync("add", "--document", "ant", "--term", "honey", "--impact", "5000");
        string[] common = ["eval", "--collection", fixture.Collection, "--checkpoint", fixture.Exported];
        var before = (await Tool.Search.RunAsync(common)).Succeeded().Rows.Single(row => row[0] == "LSR");
        var after = (await Tool.Search.RunAsync([.. common, "--rules", Rules])).Succeeded()
            .Rows.Single(row => row[0] == "LSR");
        Assert.True(double.Parse(after[1]) < double.Parse(before[1]));
    }

    [Fact]
    public async Task Term_that_is_an_index_term_stays_as_it_is()
    {
        foreach (var (query, word) in new[] { ("disk", "erased"), ("drive", "eras") }) // the stem of "eras" is "era"
        {
            (await Tool.Search.RunAsync("edit", "add", "--query", query, "--never", word, "--rules", Rules)).Succeeded();
        }

        using var rules = JsonDocument.Parse(File.ReadAllText(Rules));
        Assert.Equal(["eras", "eras"], rules.RootElement.GetProperty("rules").EnumerateArray()
            .Select(rule => rule.GetProperty("term").GetString()));
    }

    [Fact]
    public async Task Repeated_rule_is_refused_and_overlapping_rule_is_reported()
    {
        string[] rule = ["--query", "purr", "--term", "home", "--factor"];
        await EditAsync("add", [.. rule, "0.5"]);
        var text = File.ReadAllText(Rules);
        (await Tool.Search.RunAsync(
            ["edit", "add", .. rule, "0.5", "--rules", Rules, "--checkpoint", fixture.Exported]))
            .Failed("the same rule already exists, with the id 'purr-home'");
        Assert.Equal(text, File.ReadAllText(Rules));
        var overlapping = await EditAsync("add", [.. rule, "2"]);
        Assert.Contains(
            "Rule purr-home (x 0.5) changes the same weight, and both apply.", overlapping.UnwrappedOutput,
            StringComparison.Ordinal);
        await EditAsync("disable", "purr-home");
        var third = await EditAsync("add", [.. rule, "3"]);
        Assert.Contains("Rule purr-home-2 (x 2) changes", third.UnwrappedOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("Rule purr-home (x 0.5) changes", third.UnwrappedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_for_a_field_that_the_index_lacks_is_reported()
    {
        const string Problem = "it is for the field 'products', but the learned field here is 'contents'";
        string[] rule = ["--document", "whale", "--term", "purr", "--impact", "5000", "--field", "products"];
        (await Tool.Search.RunAsync(
            ["edit", "add", "--try", .. rule, "--rules", Rules, "--collection", fixture.Collection, "--index",
                fixture.Index, "--checkpoint", fixture.Exported]))
            .Failed("Rule 'whale-purr' has no effect", Problem);
        await EditAsync("add", rule); // an application may have the field
        var searched = await SearchAsync("purr at home");
        Assert.Contains(Problem, searched.UnwrappedOutput, StringComparison.Ordinal);
        Assert.Equal("cat", searched.Rows.First(row => row[0] == "1")[2]);
        var exported = (await Tool.Search.RunAsync(
            "edit", "export", "--rules", Rules, "--output", _folder.File("targets.jsonl"), "--collection",
            fixture.Collection, "--checkpoint", fixture.Exported)).Succeeded();
        Assert.Contains(Problem, exported.UnwrappedOutput, StringComparison.Ordinal);
        await EditAsync("disable", "whale-purr");
        Assert.DoesNotContain(Problem, (await SearchAsync("purr at home")).UnwrappedOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search", "purr")]
    [InlineData("eval")]
    [InlineData("edit", "list")]
    public async Task Missing_file_is_reported_with_advice(params string[] command)
    {
        string[] model = command[0] == "edit" ? [] : ["--checkpoint", fixture.Exported];
        (await Tool.Search.RunAsync([.. command, .. model, "--rules", Rules]))
            .Failed($"{Rules}: file not found. Correct --rules", "lsr-search edit add");
    }

    [Fact]
    public async Task Rules_for_another_id_field_are_refused()
    {
        await EditAsync("add", "--document", "whale", "--term", "purr", "--impact", "5000");
        File.WriteAllText(Rules, File.ReadAllText(Rules).Replace(
            "\"id_field\": \"id\"", "\"id_field\": \"sku\"", StringComparison.Ordinal));
        foreach (var arguments in new string[][] { ["search", "purr"], ["serve"], ["edit", "export", "--output", "x"] })
        {
            (await Tool.Search.RunAsync([.. arguments, "--rules", Rules, "--checkpoint", fixture.Exported]))
                .Failed(Rules, "id_field is 'sku'", "'id'");
        }
    }

    [Theory]
    [InlineData("--query or --document is required", "--term", "x")]
    [InlineData("--term or --never is required", "--query", "x", "--factor", "1")]
    [InlineData("--query requires --factor", "--query", "x", "--term", "y")]
    [InlineData("--document requires --impact", "--document", "1", "--term", "y")]
    [InlineData("--factor cannot be used with --document", "--document", "1", "--term", "y", "--factor", "2")]
    [InlineData("--impact cannot be used with --factor", "--query", "1", "--term", "y", "--factor", "2", "--impact", "1")]
    [InlineData("--top requires --try", "--query", "x", "--never", "y", "--top", "1")]
    [InlineData("several index terms: new, york", "--query", "x", "--never", "new york")]
    [InlineData("no index term", "--query", "x", "--never", "?!")]
    [InlineData("has no word", "--query", "?!", "--never", "x")]
    [InlineData("the factor is NaN", "--query", "x", "--term", "y", "--factor", "NaN")]
    [InlineData("the factor is -1", "--query", "x", "--term", "y", "--factor=-1")]
    [InlineData("the impact is 0", "--document", "x", "--term", "y", "--impact", "0")]
    public async Task Add_without_a_valid_rule_fails(string problem, params string[] arguments)
    {
        var result = await Tool.Search.RunAsync(
            ["edit", "add", "--rules", Rules, "--checkpoint", fixture.Exported, .. arguments]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Rules));
    }

    [Fact]
    public async Task Damaged_file_is_reported_and_kept()
    {
        File.WriteAllText(Rules, "{\"version\": 1,\n\"rules\": [{}]}");
        foreach (var command in new[] { "list", "add" })
        {
            string[] rule = command == "add" ? ["--query", "x", "--never", "y", "--checkpoint", fixture.Exported] : [];
            (await Tool.Search.RunAsync(["edit", command, "--rules", Rules, .. rule])).Failed(Rules, "line 2", "'id'");
        }

        Assert.Equal("{\"version\": 1,\n\"rules\": [{}]}", File.ReadAllText(Rules));
        (await Tool.Search.RunAsync("edit", "list", "--rules", _folder.File("none.json"))).Failed("none.json");
    }

    private async Task<ToolResult> EditAsync(string command, params string[] arguments) => (await Tool.Search.RunAsync(
        [
            "edit", command, .. arguments, "--rules", Rules,
            .. command == "add" ? new[] { "--checkpoint", fixture.Exported } : [],
        ])).Succeeded();

    private async Task<ToolResult> SearchAsync(params string[] arguments) => (await Tool.Search.RunAsync(
        [
            "search", .. arguments, "--rules", Rules, "--index", fixture.Index, "--checkpoint", fixture.Exported,
        ])).Succeeded();
}
