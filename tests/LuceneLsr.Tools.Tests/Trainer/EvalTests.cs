using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Trainer;

/// <summary>Compares lsr-train eval with lsr-search eval, which evaluates another kind of index.</summary>
public sealed class EvalTests(ToolFixture fixture)
{
    [Fact]
    public async Task Trainer_eval_prints_same_figures_as_search_eval()
    {
        var expected = (await Tool.Search.RunAsync(
            "eval", "--collection", fixture.Collection, "--checkpoint", fixture.Exported)).Succeeded();
        var actual = (await EvalAsync(fixture.Exported)).Succeeded();
        Assert.Equal(["animals", .. expected.Rows[0][1..]], actual.Rows[0]);
        Assert.Equal(expected.Rows.Skip(1), actual.Rows.Skip(1));
    }

    [Fact]
    public async Task Trainer_eval_prints_a_table_per_collection()
    {
        Animals.WriteCollection(fixture.GetPath("more animals"));
        var rows = (await EvalAsync(fixture.Exported, "--collection", "more animals")).Succeeded().Rows;
        Assert.Equal(["animals", "more animals"], [rows[0][0], rows[4][0]]);
        Assert.Equal(rows.Skip(1).Take(3), rows.Skip(5));
    }

    [Fact]
    public async Task Trainer_eval_with_query_table_prints_same_figures_as_search_eval()
    {
        var checkpoint = fixture.CopyExported("eval-table");
        (await EvalAsync(checkpoint, "--query-table")).Failed("query_weights.txt", "file not found");
        File.WriteAllText(Path.Combine(checkpoint, "query_weights.txt"), "purr\t2\nbark\t1\n");
        var expected = (await Tool.Search.RunAsync(
            "eval", "--collection", fixture.Collection, "--checkpoint", checkpoint, "--query-encoder", "table"))
            .Succeeded();
        var actual = (await EvalAsync(checkpoint, "--query-table")).Succeeded();
        Assert.Equal(expected.Rows.Skip(1), actual.Rows.Skip(1));
        Assert.NotEqual((await EvalAsync(checkpoint)).Succeeded().Rows[2], actual.Rows[2]);
    }

    [Fact]
    public async Task Trainer_eval_of_missing_collection_fails_with_its_name() =>
        (await EvalAsync(fixture.Exported, "--collection", "aquarium")).Failed("aquarium");

    private async Task<ToolResult> EvalAsync(string checkpoint, params string[] more) => await Tool.Train.RunAsync(
        ["eval", "--from", checkpoint, "--data", fixture.Data, "--collection", "animals", .. more]);
}
