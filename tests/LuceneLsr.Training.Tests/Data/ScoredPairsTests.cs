using LuceneLsr.Evaluation.Collections;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>
/// Six documents, of which one is blank. d0 and d1 are relevant to the first query and d2 is judged not relevant; d3 is
/// relevant to the second query.
/// </summary>
public sealed class ScoredPairsTests : IDisposable
{
    private static readonly string[] Complete =
        ["q1\td0\t9.5", "q1\td2\t-1", "q1\td4\t2e0", "q1\td1\t8", "q1\tblank\t0", "q2\td3\t7"];

    private readonly TemporaryFolder _folder = new();

    public ScoredPairsTests() => BeirFolder.Write(
        _folder, "birds",
        [.. Enumerable.Range(0, 5).Select(number => new BeirDocument($"d{number}", "", $"bird {number}")),
            new("blank", "", " ")],
        [new("q1", "which bird"), new("q2", "how many"), new("q3", "never judged")],
        new("q1", "d0", 1), new("q1", "d1", 2), new("q1", "d2", 0), new("q2", "d3", 1));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Draw_returns_scored_documents_that_are_neither_relevant_nor_blank_as_negatives()
    {
        var pairs = Load(Complete);
        Assert.Equal(3, pairs.Count);
        var pair = pairs.Draw(1, new Random(1));
        Assert.Equal(("which bird", "bird 1"), (pair.Query, pair.Document));
        Assert.Equal(["bird 2", "bird 4"], pair.Negatives);
        Assert.Equal([8, -1, 2], pair.TeacherScores!);
    }

    [Fact]
    public void Draw_without_other_scored_documents_returns_no_negatives()
    {
        var pair = Load(Complete).Draw(2, new Random(1));
        Assert.Equal(("how many", "bird 3"), (pair.Query, pair.Document));
        Assert.Empty(pair.Negatives);
        Assert.Equal([7], pair.TeacherScores!);
    }

    [Theory]
    [InlineData("query-id\tcorpus-id\tscore")]
    [InlineData("qid\tpid\tscore")]
    public void Constructor_skips_a_header(string header) =>
        Assert.Equal([9.5f, -1, 2], Load([header, .. Complete]).Draw(0, new Random(1)).TeacherScores!);

    [Fact]
    public void Constructor_skips_scores_of_queries_outside_the_split() =>
        Assert.Equal(3, Load([.. Complete, "q3\td0\t1", "q4\td100\t1"]).Count);

    [Theory]
    [InlineData("q1\td3", "expected 3: query id, document id, score")]
    [InlineData("q1\td3\t", "score is blank")]
    [InlineData("q1\td3\tscore", "score 'score' is not a finite number")]
    [InlineData("q1\td3\t1,5", "score '1,5' is not a finite number")]
    [InlineData("q1\td3\tNaN", "score 'NaN' is not a finite number")]
    [InlineData("q1\td3\t1e99", "score '1e99' is not a finite number")]
    [InlineData("q1\td100\t1", "document 'd100' is not in corpus.jsonl")]
    [InlineData("q1\td4\t1", "duplicate score of document 'd4' for query 'q1'")]
    public void Constructor_reports_a_malformed_line(string malformed, string problem)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Load([.. Complete, malformed]));
        Assert.StartsWith($"{_folder.File("scores.tsv")}, line 7: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "document 'd1', relevant to query 'q1', has no score")]
    [InlineData(5, "document 'd3', relevant to query 'q2', has no score")] // no document of the query has a score
    public void Constructor_reports_a_relevant_document_without_a_score(int line, string problem)
    {
        var exception = Assert.Throws<InvalidDataException>(
            () => Load([.. Complete.Where((_, index) => index != line)]));
        Assert.StartsWith($"{_folder.File("scores.tsv")}: {problem}", exception.Message, StringComparison.Ordinal);
    }

    private ScoredPairs Load(string[] scores) => new(
        BeirCollection.Load(_folder.File("birds"), "train"), _folder.WriteLines("scores.tsv", scores));
}
