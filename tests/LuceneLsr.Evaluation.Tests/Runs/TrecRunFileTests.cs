using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Evaluation.Tests.Support;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Evaluation.Tests.Runs;

public sealed class TrecRunFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_writes_six_columns_per_line() => Assert.Equal(
        "q1 Q0 d7 1 2.5 bm25\nq1 Q0 d3 2 -1 bm25\n", Write(Rankings.CreateRun("q1", new("d7", 2.5), new("d3", -1))));

    /// <summary>The floats below 20,000,000 are even, those below 1 are 2^-24 apart.</summary>
    [Fact]
    public void Write_lowers_the_scores_of_ties_to_keep_their_order()
    {
        var large = Rankings.CreateRun("q", new("a", 2e7), new("b", 2e7), new("c", 2e7 - 1), new("d", 5));
        Assert.Equal([2e7, 2e7 - 2, 2e7 - 4, 5], WrittenScores(large));
        var small = Rankings.CreateRun("q", new("a", 1), new("b", 1), new("c", 1 - 1e-9));
        Assert.Equal(
            [1f, 1 - MathF.Pow(2, -24), 1 - MathF.Pow(2, -23)], WrittenScores(small).Select(score => (float)score));
        var limits = Rankings.CreateRun(
            "q", new("a", 1e300), new("b", 1e299), new("c", 0), new("d", -0.0), new("e", -1e300), new("f", -1e301));
        Assert.Equal(["a", "b", "c", "d", "e", "f"], ReadBack(limits).Select(hit => hit.DocumentId));
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

    [Fact]
    public void Read_orders_by_score_then_by_descending_id_and_ignores_ranks()
    {
        var run = TrecRunFile.Read(_folder.Write(
            "a.run", "\uFEFFq1\tQ0 d10  1 2.5\tx\r\n\r\nq2 Q0 a 1 1e1 x\r\nq1 Q0 D9 3 2.50 x\r\n"
            + "q1 0 d9 9 2.5 y\r\nq1 Q0 b 2 3 x"));
        Assert.Equal(["q1", "q2"], run.QueryIds);
        Assert.Equal([new("b", 3), new("d9", 2.5), new("d10", 2.5), new("D9", 2.5)], run.GetRanking("q1"));
        Assert.Equal([new("a", 10)], run.GetRanking("q2"));
    }

    [Theory]
    [InlineData("q1 Q0 d2 2 1.5", "six columns")]
    [InlineData("q1 Q0 d2 2 1.5 my run", "six columns")]
    [InlineData("# a comment", "six columns")]
    [InlineData("q1 Q0 d2 2 NaN x", "'NaN' is not a finite number")]
    [InlineData("q1 Q0 d2 2 1,5 x", "'1,5' is not a finite number")]
    [InlineData("q1 Q0 d1 2 1.5 x", "duplicate document 'd1' of query 'q1'")]
    public void Read_of_a_malformed_line_throws_naming_file_and_line(string malformed, string problem)
    {
        var path = _folder.WriteLines("a.run", "q1 Q0 d1 1 2 x", "", malformed);
        var error = Assert.Throws<InvalidDataException>(() => TrecRunFile.Read(path));
        Assert.StartsWith($"{path}, line 3: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_has_no_comments_because_ids_may_start_with_a_hash()
    {
        using var writer = new StringWriter();
        TrecRunFile.Write(writer, Rankings.CreateRun("#1", Rankings.Create("d")), "x");
        var run = TrecRunFile.Read(_folder.Write("a.run", writer.ToString()));
        Assert.Equal(["#1"], run.QueryIds);
        Assert.Equal(["d"], run.GetRanking("#1").Select(hit => hit.DocumentId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public void Read_of_a_file_without_results_throws(string content)
    {
        var path = _folder.Write("a.run", content);
        var error = Assert.Throws<InvalidDataException>(() => TrecRunFile.Read(path));
        Assert.StartsWith($"{path}: no results", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_a_gzip_file_reads_its_lines()
    {
        _folder.WriteGzip("a.run.gz", "q1 Q0 d1 1 2 x\n");
        Assert.Equal([new("d1", 2)], TrecRunFile.Read(_folder.File("a.run")).GetRanking("q1"));
    }

    private static string Write(Run run)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        TrecRunFile.Write(writer, run, "bm25");
        return writer.ToString();
    }

    private IReadOnlyList<ScoredDocument> ReadBack(Run run) =>
        TrecRunFile.Read(_folder.Write("written.run", Write(run))).GetRanking("q");

    private IEnumerable<double> WrittenScores(Run run) => ReadBack(run).Select(hit => hit.Score);
}
