using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Benchmarks;

/// <summary>Runs <c>lsr-bench upgrade</c> on a small index.</summary>
public sealed class UpgradeBenchmarkTests
{
    [Fact]
    public async Task Upgrade_reports_time_and_size_of_each_step()
    {
        var result = (await Tool.Benchmarks.RunAsync("upgrade", "--documents", "2000")).Succeeded();
        var rows = result.Rows.Skip(1).ToArray();
        Assert.Equal(["indexing (ImpactBulkWriter)", "upgrade", "drop of the former field"], rows.Select(row => row[0]));
        Assert.All(rows, row => PrintedNumber.Parse(row[2]).AssertPositive());
    }
}
