using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Trainer;

/// <summary>Compares lsr-train eval with lsr-search eval, which evaluates another kind of index.</summary>
public sealed class EvalProgramTests(TrainedZoo zoo)
{
    [Fact]
    public async Task Trainer_eval_prints_same_figures_as_search_eval()
    {
        var expected = (await Tool.Search.RunAsync(
            "eval", "--collection", zoo.Collection, "--checkpoint", zoo.Exported)).Succeeded();
        var actual = (await EvalAsync(zoo.Exported)).Succeeded();
        Assert.Equal(["zoo", .. expected.Rows[0][1..]], actual.Rows[0]);
        Assert.Equal(expected.Rows.Skip(1), actual.Rows.Skip(1));
    }

    [Fact]
    public async Task Trainer_eval_prints_a_table_per_collection()
    {
        Zoo.WriteCollection(zoo.GetPath("second zoo"));
        var rows = (await EvalAsync(zoo.Exported, "--collection", "second zoo")).Succeeded().Rows;
        Assert.Equal(["zoo", "second zoo"], [rows[0][0], rows[4][0]]);
        Assert.Equal(rows.Skip(1).Take(3), rows.Skip(5));
    }

    [Fact]
    public async Task Trainer_eval_with_query_table_prints_same_figures_as_search_eval()
    {
        var checkpoint = zoo.CopyExported("eval-table");
        (await EvalAsync(checkpoint, "--query-table")).Failed("query_weights.txt", "file not found");
        File.WriteAllText(Path.Combine(checkpoint, "query_weights.txt"), "purr\t2\nbark\t1\n");
        var expected = (await Tool.Search.RunAsync(
            "eval", "--collection", zoo.Collection, "--checkpoint", checkpoint, "--query-encoder", "table"))
            .Succeeded();
        var actual = (await EvalAsync(checkpoint, "--query-table")).Succeeded();
        Assert.Equal(expected.Rows.Skip(1), actual.Rows.Skip(1));
        Assert.NotEqual((await EvalAsync(checkpoint)).Succeeded().Rows[2], actual.Rows[2]);
    }

    [Fact]
    public async Task Trainer_eval_of_missing_collection_fails_with_its_name() =>
        (await EvalAsync(zoo.Exported, "--collection", "aquarium")).Failed("aquarium");

    private async Task<ToolResult> EvalAsync(string checkpoint, params string[] more) => await Tool.Train.RunAsync(
        ["eval", "--from", checkpoint, "--data", zoo.Data, "--collection", "zoo", .. more]);
}
