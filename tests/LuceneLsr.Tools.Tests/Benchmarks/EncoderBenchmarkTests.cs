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

    private static Task<ToolResult> RunAsync(params string[] arguments) =>
        Tool.Benchmarks.RunAsync(["encoder", .. arguments]);
}
