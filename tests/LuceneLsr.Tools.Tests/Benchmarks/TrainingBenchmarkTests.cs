using System.Globalization;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Benchmarks;

/// <summary>lsr-bench training on its smallest model.</summary>
public class TrainingBenchmarkTests
{
    [Fact]
    public async Task Steps_their_parts_and_cached_batches_are_reported()
    {
        var result = (await RunAsync("--shapes", "1M", "--pairs", "32", "--seconds", "0")).Succeeded();
        var rows = result.Rows.Where(row => row[0] is not ("" or "pairs")).ToArray();
        string[] variants = ["FP32", "BF16", "recomputed", "LoRA"];
        Assert.Equal([.. variants, .. variants, "8", "16", "32", "32", "32"], rows.Select(row => row[0]));
        Assert.All(rows[..4], row => // active terms
            Assert.InRange(int.Parse(row[^1], CultureInfo.InvariantCulture), 80, 120));
        Assert.Equal(["8", "16", "32", "4", "2"], rows[8..].Select(row => row[1]));
    }

    private static Task<ToolResult> RunAsync(params string[] arguments) =>
        Tool.Benchmarks.RunAsync(["training", .. arguments]);
}
