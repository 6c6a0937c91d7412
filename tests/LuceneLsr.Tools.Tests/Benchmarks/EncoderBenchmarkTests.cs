using System.Text.RegularExpressions;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Benchmarks;

/// <summary>Runs <c>lsr-bench encoder</c> on its smallest model.</summary>
public partial class EncoderBenchmarkTests
{
    private const int Tokens = 32;

    [Fact]
    public async Task Encoder_reports_consistent_speed_memory_and_head_figures()
    {
        var result = (await RunAsync(
            "--shapes", "1M", "--precisions", "bfloat16", "--batches", "1x32", "--seconds", "0")).Succeeded();
        Assert.Contains("1M, BFloat16: 2 MB of BF16", result.Output, StringComparison.Ordinal);
        var rows = result.Rows.Where(row => row[0] != "").ToArray();
        Assert.Equal(
            ["loading", "encoding", "Causal", "Bidirectional", "Echo", "pooled", "naive", "naive in place"],
            rows.Select(row => row[0] == "1x32" ? row[1] : row[0]));
        Assert.All(rows[..2], AssertMemory);
        AssertSpeed(rows[2..5], result.Output);
        AssertHeads(rows[5..]);
    }

    private static void AssertMemory(string[] row)
    {
        var before = PrintedNumber.Parse(row[1]).AssertPositive();
        Assert.InRange(PrintedNumber.Parse(row[2]).Max, before.Min, double.MaxValue); // the peak
    }

    private static void AssertSpeed(string[][] rows, string output)
    {
        var limits = Limits().Match(output.ReplaceLineEndings(" "));
        var fp32 = PrintedNumber.Parse(limits.Groups["fp32"].Value).AssertPositive();
        var bf16 = PrintedNumber.Parse(limits.Groups["bf16"].Value).AssertPositive();
        foreach (var row in rows)
        {
            PrintedNumber[] figures = [.. row[2..].Select(PrintedNumber.Parse)];
            Assert.All(figures, figure => figure.AssertPositive());
            var (seconds, rate) = (figures[0] / 1000, figures[2]);
            (figures[1] * seconds).AssertConsistentWith(Tokens);
            (rate / fp32).AssertConsistentWith(figures[3]);
            (rate / bf16).AssertConsistentWith(figures[4]);
        }
    }

    private static void AssertHeads(string[][] rows)
    {
        PrintedNumber[][] figures = [.. rows.Select(row => row[1..].Select(PrintedNumber.Parse).ToArray())];
        var pooled = figures[0];
        foreach (var head in figures)
        {
            Assert.All(head, figure => figure.AssertPositive());
            (head[0] / pooled[0]).AssertConsistentWith(head[2]);
            (head[0] * head[1]).AssertConsistentWith(pooled[0] * pooled[1]); // operations are the same for all heads
            (head[3] / pooled[3]).AssertConsistentWith(head[4]);
        }
    }

    private static Task<ToolResult> RunAsync(params string[] arguments) =>
        Tool.Benchmarks.RunAsync(["encoder", .. arguments]);

    [GeneratedRegex(@"limit\s+(?<fp32>[0-9]+)\s+GFLOP/s\s+in\s+FP32,\s+(?<bf16>[0-9]+)\s+in\s+BF16")]
    private static partial Regex Limits();
}
