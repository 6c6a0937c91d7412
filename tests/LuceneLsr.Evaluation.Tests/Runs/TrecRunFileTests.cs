using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Evaluation.Tests.Support;

namespace LuceneLsr.Evaluation.Tests.Runs;

public sealed class TrecRunFileTests
{
    [Fact]
    public void Write_writes_six_columns_per_line()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        TrecRunFile.Write(writer, Rankings.CreateRun("q1", new("d7", 2.5), new("d3", -1)), "bm25");
        Assert.Equal("q1 Q0 d7 1 2.5 bm25\nq1 Q0 d3 2 -1 bm25\n", writer.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("my run")]
    public void Write_with_an_empty_name_or_white_space_throws(string name)
    {
        using var writer = new StringWriter();
        Assert.Throws<ArgumentException>(
            () => TrecRunFile.Write(writer, Rankings.CreateRun("q1", Rankings.Create("d")), name));
    }
}
