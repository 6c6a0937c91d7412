using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

public sealed class PairLinesTests : IDisposable
{
    private const string Scored =
        """{"query": "q", "positive": "p", "negatives": ["n1", "n2"], "scores": [3, 1.5, -2e-1], "source": 7}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenJson_reads_texts_and_scores()
    {
        using var pairs = PairLines.OpenJson(_folder.WriteLines("pairs.jsonl", Scored));
        var pair = Assert.Single(All(pairs));
        Assert.Equal(("q", "p"), (pair.Query, pair.Document));
        Assert.Equal(["n1", "n2"], pair.Negatives);
        Assert.Equal([3, 1.5f, -0.2f], pair.TeacherScores!);
    }

    [Theory]
    [InlineData("""{"query": "q", "positive": "p"}""")]
    [InlineData("""{"query": "q", "positive": "p", "negatives": null, "scores": null}""")]
    public void OpenJson_accepts_lines_without_negatives_and_scores(string line)
    {
        using var pairs = PairLines.OpenJson(_folder.WriteLines("pairs.jsonl", line));
        var pair = Assert.Single(All(pairs));
        Assert.Empty(pair.Negatives);
        Assert.Null(pair.TeacherScores);
    }

    [Fact]
    public void OpenJson_reads_a_compressed_file()
    {
        using var pairs = PairLines.OpenJson(_folder.WriteGzip("pairs.jsonl.gz", Scored));
        Assert.Equal(["n1", "n2"], Assert.Single(All(pairs)).Negatives);
    }

    [Theory]
    [InlineData("""{"positive": "p"}""", "\"query\" is missing")]
    [InlineData("""{"query": "q"}""", "\"positive\" is missing")]
    [InlineData("""{"query": 1, "positive": "p"}""", "\"query\" is a JSON Number")]
    [InlineData("""{"query": " ", "positive": "p"}""", "is blank")]
    [InlineData("""{"query": "q", "positive": ""}""", "is blank")]
    [InlineData("""{"query": "q", "positive": "p", "negatives": ["n", "\n"]}""", "is blank")]
    [InlineData("""{"query": "q", "positive": "p", "negatives": "n"}""", "\"negatives\" is a JSON String")]
    [InlineData("""{"query": "q", "positive": "p", "negatives": ["n", null]}""", "\"negatives\" is a JSON Null")]
    [InlineData("""{"query": "q", "positive": "p", "negatives": ["\ud800"]}""", "\"negatives\" is not valid Unicode")]
    [InlineData("""{"query": "q", "positive": "p", "negatives": ["n"], "scores": [1]}""", "1 scores for a positive")]
    [InlineData("""{"query": "q", "positive": "p", "scores": [1, 2]}""", "2 scores for a positive and 0")]
    [InlineData("""{"query": "q", "positive": "p", "scores": []}""", "0 scores for a positive and 0")]
    [InlineData("""{"query": "q", "positive": "p", "scores": [1e999]}""", "\"scores\" contains 1e999")]
    [InlineData("""{"query": "q", "positive": "p", "scores": ["1"]}""", "\"scores\" contains \"1\"")]
    [InlineData("""{"query": "q", "positive": "p", "scores": 1}""", "\"scores\" is a JSON Number")]
    [InlineData("""{"query": "q", "positive": "p"}""", "the line has no scores, but the lines before have them")]
    [InlineData("""{"query": "q", "positive": "p" """, "malformed JSON")]
    [InlineData("[]", "a JSON object")]
    [InlineData("", "malformed JSON")]
    public void OpenJson_reports_a_malformed_line(string malformed, string problem) => AssertThrows(
        PairLines.OpenJson, _folder.WriteLines("pairs.jsonl", Scored, malformed, Scored), problem);

    [Fact]
    public void OpenJson_reports_a_line_with_scores_after_lines_without() => AssertThrows(
        PairLines.OpenJson,
        _folder.WriteLines("pairs.jsonl", """{"query": "q", "positive": "p"}""", Scored),
        "the line has scores, but the lines before have none");

    [Fact]
    public void OpenTriples_reads_a_pair_with_one_negative_per_line()
    {
        using var pairs = PairLines.OpenTriples(
            _folder.WriteLines("triples.train.tsv", "q1\tp 1\tn, 1", "q2\tp 2\t\"n\" 2"));
        Assert.Equal(
            [("q1", "p 1", "n, 1"), ("q2", "p 2", "\"n\" 2")],
            All(pairs).Select(pair => (pair.Query, pair.Document, Assert.Single(pair.Negatives))));
        Assert.All(All(pairs), pair => Assert.Null(pair.TeacherScores));
    }

    [Theory]
    [InlineData("q\tp", "found 2 tab-separated fields, expected 3: query, positive, negative")]
    [InlineData("q\tp\tn\tn", "found 4 tab-separated fields")]
    [InlineData("", "found 1 tab-separated fields")]
    [InlineData(" \tp\tn", "query is blank")]
    [InlineData("q\t\tn", "positive is blank")]
    [InlineData("q\tp\t", "negative is blank")]
    public void OpenTriples_reports_a_malformed_line(string malformed, string problem) => AssertThrows(
        PairLines.OpenTriples, _folder.WriteLines("triples.tsv", "q\tp\tn", malformed, "q\tp\tn"), problem);

    private static TrainingPair[] All(PairLines source) =>
        [.. Enumerable.Range(0, source.Count).Select(index => source.Draw(index, new Random(1)))];

    private static void AssertThrows(Func<string, PairLines> open, string path, string problem)
    {
        var exception = Assert.Throws<InvalidDataException>(() => open(path));
        Assert.StartsWith($"{path}, line 2: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }
}
