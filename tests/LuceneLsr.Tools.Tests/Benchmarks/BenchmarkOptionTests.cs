using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Benchmarks;

/// <summary>Runs <c>lsr-bench</c> with options that are not valid.</summary>
public class BenchmarkOptionTests
{
    [Theory]
    [InlineData("encoder", "--shapes", "2M", "135M")]
    [InlineData("encoder", "--batches", "2x2", "32x128")]
    [InlineData("encoder", "--seconds", "-1", "from 0 to 3600")]
    [InlineData("encoder", "--threads", "0", "from 1 to 1024")]
    [InlineData("training", "--shapes", "2M", "135M")]
    [InlineData("training", "--pairs", "15", "from 16 to 65536")]
    [InlineData("training", "--seconds", "-1", "from 0 to 3600")]
    [InlineData("training", "--threads", "0", "from 1 to 1024")]
    public async Task Option_value_out_of_range_is_rejected_with_the_valid_values(
        string command, string option, string value, string validValues)
    {
        var result = await Tool.Benchmarks.RunAsync(command, option, value);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(validValues, result.Error, StringComparison.Ordinal);
    }
}
