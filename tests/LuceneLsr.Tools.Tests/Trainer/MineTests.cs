using System.Text.Json.Nodes;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Trainer;

/// <summary>
/// Runs lsr-train mine on the animal collection, where each query has one animal and two queries have the same text.
/// </summary>
public sealed class MineTests(ToolFixture fixture)
{
    [Theory]
    [InlineData("bm25", true)]
    [InlineData("checkpoint", true)]
    [InlineData("both", false)]
    public async Task Mine_writes_negatives_for_each_judged_pair(string by, bool isScored)
    {
        var path = fixture.GetPath($"mined-by-{by}.jsonl");
        string[] from = by == "bm25" ? [] : ["--from", fixture.Exported];
        (await MineAsync(path, ["--by", by, "--most-of-positive", "100", "--negatives", "2", .. from])).Succeeded();
        var pairs = Read(path);
        Assert.Equal(
            ["purr at home", "bark at night", "hoot in the dark", "deep ocean", "honey"],
            pairs.Select(pair => (string)pair["query"]!));
        Assert.All(pairs, pair =>
        {
            var negatives = pair["negatives"]!.AsArray().Select(text => (string)text!).ToList();
            Assert.InRange(negatives.Count, 0, 2);
            Assert.DoesNotContain((string)pair["positive"]!, negatives);
            Assert.Equal(isScored ? 1 + negatives.Count : null, pair["scores"]?.AsArray().Count);
        });
    }

    [Fact]
    public async Task Mine_reports_pairs_with_too_few_negatives()
    {
        // The words of each query occur only in the text of its own animal.
        var result = (await MineAsync(fixture.GetPath("mined-few.jsonl"))).Succeeded();
        Assert.Contains("5 pairs have fewer than 15 negatives; 5 have none", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mine_does_not_overwrite_existing_file()
    {
        File.WriteAllText(fixture.GetPath("existing.jsonl"), "before");
        (await MineAsync(fixture.GetPath("existing.jsonl"))).Failed("existing.jsonl", "already exists");
        Assert.Equal("before", File.ReadAllText(fixture.GetPath("existing.jsonl")));
    }

    [Fact]
    public async Task Mine_requires_checkpoint_exactly_if_it_ranks_with_one()
    {
        (await MineAsync(fixture.GetPath("not-written.jsonl"), "--by", "both")).Failed("--from is required");
        (await MineAsync(fixture.GetPath("not-written.jsonl"), "--from", fixture.Exported))
            .Failed("--from has no effect");
    }

    [Fact]
    public async Task Mine_of_missing_split_fails_with_its_file_name() =>
        (await MineAsync(fixture.GetPath("not-written.jsonl"), "--split", "dev")).Failed("dev.tsv");

    private async Task<ToolResult> MineAsync(string path, params string[] more) => await Tool.Train.RunAsync(
        ["mine", "--data", fixture.Data, "--collection", "animals", "--out", path, .. more]);

    private static List<JsonNode> Read(string path) =>
        [.. File.ReadLines(path).Select(line => JsonNode.Parse(line)!)];
}
