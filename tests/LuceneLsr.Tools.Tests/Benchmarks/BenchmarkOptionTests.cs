using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Benchmarks;

/// <summary>What the commands of lsr-bench take.</summary>
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
    public async Task Other_values_are_refused(string command, string option, string value, string inMessage)
    {
        var result = await Tool.Benchmarks.RunAsync(command, option, value);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(inMessage, result.Error, StringComparison.Ordinal);
    }
}
