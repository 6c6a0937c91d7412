using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests;

/// <summary>
/// lsr-claims, with recipes of the zoo in place of its own, on collections of the names that it asks for.
/// </summary>
public sealed class ClaimsProgramTests
{
    private readonly TrainedZoo _zoo;

    public ClaimsProgramTests(TrainedZoo zoo)
    {
        _zoo = zoo;
        Zoo.WriteCollection(zoo.GetPath("scifact"));
        Zoo.WriteCollection(zoo.GetPath("cranfield"));
    }

    [Fact]
    public async Task Adaptation_has_a_row_for_each_base_and_seed()
    {
        var fast = _zoo.GetPath("fast-adaptation.json");
        File.WriteAllText(
            fast, File.ReadAllText(_zoo.LanguageRecipe).Replace("1e-4", "1e-2", StringComparison.Ordinal));
        var rows = await RowsAsync("adaptation", "adaptation", "--adaptation", fast);
        Assert.Equal(
            [
                ("as pretrained", "1"), ("as pretrained", "2"), ("as pretrained", "3"),
                ("adapted", "1"), ("adapted", "2"), ("adapted", "3"),
            ],
            rows.Select(row => (row[0], row[1])));
        Assert.All(rows, row => Assert.Equal("3", row[2])); // steps
        Assert.All(rows[..3].Zip(rows[3..]), pair => Assert.NotEqual(pair.First[3..], pair.Second[3..]));
    }

    /// <summary>The lexical start knows its zoo, read in any way.</summary>
    [Theory]
    [InlineData("variants")]
    [InlineData("variants-adapted", "--adapt")]
    public async Task Variants_have_a_row_each(string result, params string[] more)
    {
        var rows = await RowsAsync("variants", result, [.. more, "--adaptation", _zoo.LanguageRecipe]);
        Assert.Equal(["Causal", "Bidirectional", "Echo"], rows.Select(row => row[0]));
        Assert.All(rows, row => Assert.Equal(("1.000", "1.000"), (row[1], row[2])));
    }

    [Fact]
    public async Task A_larger_weight_leaves_fewer_terms()
    {
        var rows = await RowsAsync("flops", "flops", "--set", "steps=30", "optimizer.embedding_learning_rate=3e-3");
        Assert.Equal(["0.0001", "0.001", "0.01", "0.1"], rows.Select(row => row[0]));
        Assert.InRange(int.Parse(rows[^1][2], null), 1, int.Parse(rows[0][2], null) - 1);
    }

    [Theory]
    [InlineData("query_table={\"learning_rate\": 0.1}")]
    [InlineData(
        "losses=[{\"kind\": \"margin_mse\"}]",
        "sources=[{\"path\": \"pairs.jsonl\", \"kind\": \"pairs\", \"share\": 1, \"negatives\": 1}]")]
    public async Task A_recipe_that_a_claim_cannot_measure_is_refused(params string[] fields) =>
        (await RunAsync("adaptation", "refused", ["--set", .. fields]))
            .Failed(_zoo.Recipe, "info_nce", "no query_table");

    [Fact]
    public async Task A_collapse_in_what_is_compared_ends_a_claim() =>
        (await RunAsync("flops", "collapsed", "--set", "optimizer.embedding_learning_rate=1e9", "steps=40"))
            .Failed("Step ");

    private async Task<List<string[]>> RowsAsync(string claim, string result, params string[] more)
    {
        (await RunAsync(claim, result, more)).Succeeded();
        var path = Path.Combine(_zoo.GetPath($"claims-{result}"), result);
        Assert.True(new FileInfo(path + ".png").Length > 0);
        return [.. File.ReadLines(path + ".md").Skip(2).Select(line => line.Trim('|', ' ').Split(" | "))];
    }

    private Task<ToolResult> RunAsync(string claim, string result, params string[] more) => Tool.Claims.RunAsync(
        [
            claim, "--from", _zoo.Initial, "--data", _zoo.Data, "--out", _zoo.GetPath($"claims-{result}"),
            "--recipe", _zoo.Recipe, "--threads", "1", .. more,
        ]);
}
