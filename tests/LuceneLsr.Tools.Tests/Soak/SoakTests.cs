using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Soak;

/// <summary>Short runs of <c>lsr-soak</c>. docs/robustness.md has the results of long ones.</summary>
public class SoakTests
{
    [Fact]
    public async Task Kill_loses_nothing()
    {
        var rows = (await Tool.Soak.RunAsync("kill", "--runs", "2")).Succeeded().Rows;
        Assert.Equal(
            ["index, documents", "index, bulk", "index, commits", "index, upgrades", "encoder upgrade", "encode", "train"],
            rows.Skip(1).Select(Work));
        Assert.All(rows.Skip(1), row => Assert.True(row[^2] != "0" && row[^1] == "0", string.Join(' ', row)));
    }

    [Fact]
    public async Task Race_finds_no_wrong_result() =>
        Assert.Contains(
            "hits were right", (await Tool.Soak.RunAsync("race", "--seconds", "3")).Succeeded().Output,
            StringComparison.Ordinal);

    [Fact]
    public async Task Damage_is_refused_or_detected()
    {
        var rows = (await Tool.Soak.RunAsync("damage", "--files", "25")).Succeeded().Rows;
        Assert.Equal(7, rows.Count - 1);
        Assert.All(rows.Skip(1), row => Assert.Equal("25", row[1]));
    }

    [Fact]
    public async Task Queries_end_or_are_refused() =>
        Assert.Equal("500", (await Tool.Soak.RunAsync("queries", "--count", "500")).Succeeded().Rows[1][1]);

    [Fact]
    public async Task Disk_that_others_use_is_not_filled() =>
        (await Tool.Soak.RunAsync("disk", "--folder", Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())))
            .Failed("must have 16 to 64 MiB");

    private static string Work(string[] row) => row[0];
}
