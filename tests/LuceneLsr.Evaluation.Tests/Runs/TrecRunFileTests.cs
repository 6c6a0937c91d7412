using LuceneLsr.Evaluation.Runs;

namespace LuceneLsr.Evaluation.Tests.Runs;

public sealed class TrecRunFileTests
{
    [Fact]
    public void A_line_holds_six_columns()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        TrecRunFile.Write(writer, Rankings.RunOf("q1", new("d7", 2.5), new("d3", -1)), "bm25");
        Assert.Equal("q1 Q0 d7 1 2.5 bm25\nq1 Q0 d3 2 -1 bm25\n", writer.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("my run")]
    public void A_name_that_would_break_the_columns_is_refused(string name)
    {
        using var writer = new StringWriter();
        Assert.Throws<ArgumentException>(() => TrecRunFile.Write(writer, Rankings.RunOf("q1", Rankings.Of("d")), name));
    }
}
