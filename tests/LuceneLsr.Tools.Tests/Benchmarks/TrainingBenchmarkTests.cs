using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Benchmarks;

/// <summary>Runs <c>lsr-bench training</c> on its smallest model.</summary>
public class TrainingBenchmarkTests
{
    private const int Pairs = 32;
    private const int TokensPerPair = 32 + 128;

    private static readonly string[] Variants = ["FP32", "BF16", "checkpointing", "LoRA"];

    [Fact]
    public async Task Training_reports_consistent_step_part_and_cache_figures()
    {
        var result = (await Tool.Benchmarks.RunAsync(
            "training", "--shapes", "1M", "--pairs", $"{Pairs}", "--seconds", "0")).Succeeded();
        var rows = result.Rows.Where(row => row[0] is not ("" or "pairs")).ToArray();
        Assert.Equal([.. Variants, .. Variants, "8", "16", "32", "32", "32"], rows.Select(row => row[0]));
        Assert.All(rows[..4], AssertStep);
        Assert.All(rows[4..8], AssertParts);
        Assert.Equal(["8", "16", "32", "4", "2"], rows[8..].Select(row => row[1])); // encoded at once
        Assert.All(rows[8..], AssertBatch);
    }

    private static void AssertStep(string[] row)
    {
        PrintedNumber[] figures = [.. row[1..].Select(PrintedNumber.Parse)];
        Assert.All(figures[..4], figure => figure.AssertPositive());
        Assert.InRange(figures[4].Max, 0, double.MaxValue); // MB added, which may round to 0
        (figures[1] * figures[0] / 1000).AssertConsistentWith(Pairs / 8 * TokensPerPair);
        Assert.InRange(figures[5].Max, 80, 120); // active terms
    }

    private static void AssertParts(string[] row) => row[1..].Select(PrintedNumber.Parse)
        .Aggregate((sum, part) => sum + part).AssertConsistentWith(1);

    private static void AssertBatch(string[] row)
    {
        PrintedNumber[] figures = [.. row.Select(PrintedNumber.Parse)];
        Assert.All(figures, figure => figure.AssertPositive());
        (figures[3] * figures[2]).AssertConsistentWith(figures[0] * TokensPerPair);
    }
}
