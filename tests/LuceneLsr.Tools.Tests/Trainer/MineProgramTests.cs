using System.Text.Json.Nodes;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Trainer;

/// <summary>lsr-train mine, on the zoo: each query has one animal, and two queries are the same.</summary>
public sealed class MineProgramTests(TrainedZoo zoo)
{
    [Theory]
    [InlineData("bm25", true)]
    [InlineData("checkpoint", true)]
    [InlineData("both", false)]
    public async Task Each_judged_pair_has_its_negatives(string by, bool isScored)
    {
        var path = zoo.At($"mined-by-{by}.jsonl");
        string[] from = by == "bm25" ? [] : ["--from", zoo.Exported];
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
    public async Task Pairs_that_are_short_of_negatives_are_counted()
    {
        // Each query's words are in its own animal's text alone.
        var result = (await MineAsync(zoo.At("mined-few.jsonl"))).Succeeded();
        Assert.Contains("5 of them have fewer than 15 negatives, 5 have none", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_not_written_over()
    {
        File.WriteAllText(zoo.At("mined-before.jsonl"), "before");
        (await MineAsync(zoo.At("mined-before.jsonl"))).Failed("mined-before.jsonl", "is there already");
        Assert.Equal("before", File.ReadAllText(zoo.At("mined-before.jsonl")));
    }

    [Fact]
    public async Task A_checkpoint_is_named_where_one_is_needed_and_nowhere_else()
    {
        (await MineAsync(zoo.At("unborn.jsonl"), "--by", "both")).Failed("--from is needed");
        (await MineAsync(zoo.At("unborn.jsonl"), "--from", zoo.Exported)).Failed("--from has no meaning");
    }

    [Fact]
    public async Task A_split_that_is_not_there_is_named() =>
        (await MineAsync(zoo.At("unborn.jsonl"), "--split", "dev")).Failed("dev.tsv");

    private async Task<ToolResult> MineAsync(string path, params string[] more) => await Tool.Train.RunAsync(
        ["mine", "--data", zoo.Data, "--collection", "zoo", "--out", path, .. more]);

    private static List<JsonNode> Read(string path) =>
        [.. File.ReadLines(path).Select(line => JsonNode.Parse(line)!)];
}
