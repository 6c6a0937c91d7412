using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Benchmarks;

/// <summary>Runs <c>lsr-bench engines</c> on the animal collection.</summary>
public sealed class EnginesBenchmarkTests(ToolFixture fixture)
{
    [Fact]
    public async Task Engines_reports_ratios_to_torch_and_agreeing_vectors()
    {
        var result = (await Tool.Benchmarks.RunAsync(
            "engines", "--checkpoint", fixture.Exported, "--collection", fixture.Collection, "--documents", "4",
            "--threads", "1", "--seconds", "0")).Succeeded();
        var rows = result.Rows.Where(row => row[0].Contains("float32") || row[0].Contains("int8")).ToArray();
        Assert.Equal(4, rows.Length);
        foreach (var figures in rows.Select(row => row[1..].Select(PrintedNumber.Parse).ToArray()))
        {
            Assert.All(figures, figure => figure.AssertPositive());
            Assert.InRange(figures[4].Max, 0.9, 1.0001);
        }

        PrintedNumber torch = PrintedNumber.Parse(rows[0][1]), onnx = PrintedNumber.Parse(rows[1][1]);
        (torch / onnx).AssertConsistentWith(PrintedNumber.Parse(rows[1][2]));
        Assert.Equal(["1.0000", "1.0000"], rows[..2].Select(row => row[^1]));
    }
}
