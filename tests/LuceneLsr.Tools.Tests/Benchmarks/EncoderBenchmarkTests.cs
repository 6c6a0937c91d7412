using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Benchmarks;

/// <summary>lsr-bench encoder on its smallest model.</summary>
public class EncoderBenchmarkTests
{
    [Fact]
    public async Task Speed_memory_and_both_kinds_of_head_are_reported()
    {
        var result = (await RunAsync(
            "--shapes", "1M", "--precisions", "bfloat16", "--batches", "1x32", "--seconds", "0")).Succeeded();
        Assert.Contains("1M, BFloat16: 2 MB of BF16 on disk", result.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["loading", "encoding", "Causal", "Bidirectional", "Echo", "fused", "naive", "in place"],
            result.Rows.Where(row => row[0] != "").Select(row => row[0] == "1x32" ? row[1] : row[0]));
    }

    [Theory]
    [InlineData("--shapes", "2M", "135M")]
    [InlineData("--batches", "2x2", "32x128")]
    [InlineData("--seconds", "-1", "from 0 to 3600")]
    [InlineData("--threads", "0", "from 1 to 1024")]
    public async Task Other_values_are_refused(string option, string value, string inMessage)
    {
        var result = await RunAsync(option, value);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(inMessage, result.Error, StringComparison.Ordinal);
    }

    private static Task<ToolResult> RunAsync(params string[] arguments) =>
        Tool.Benchmarks.RunAsync(["encoder", .. arguments]);
}
