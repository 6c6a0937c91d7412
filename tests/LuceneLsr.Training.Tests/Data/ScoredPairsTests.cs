using LuceneLsr.Evaluation.Collections;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>
/// Six documents, the last of them blank; d0 and d1 are right for the first query and d2 is not, d3 for the second.
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
    public void Negatives_are_the_scored_documents_that_are_neither_relevant_nor_blank()
    {
        var pairs = Load(Complete);
        Assert.Equal(3, pairs.Count);
        var pair = pairs.Draw(1, new Random(1));
        Assert.Equal(("which bird", "bird 1"), (pair.Query, pair.Document));
        Assert.Equal(["bird 2", "bird 4"], pair.Negatives);
        Assert.Equal([8, -1, 2], pair.TeacherScores!);
    }

    [Fact]
    public void A_pair_of_which_nothing_else_is_scored_has_no_negatives()
    {
        var pair = Load(Complete).Draw(2, new Random(1));
        Assert.Equal(("how many", "bird 3"), (pair.Query, pair.Document));
        Assert.Empty(pair.Negatives);
        Assert.Equal([7], pair.TeacherScores!);
    }

    [Theory]
    [InlineData("query-id\tcorpus-id\tscore")]
    [InlineData("qid\tpid\tscore")]
    public void A_header_is_passed_over(string header) =>
        Assert.Equal([9.5f, -1, 2], Load([header, .. Complete]).Draw(0, new Random(1)).TeacherScores!);

    [Fact]
    public void Queries_that_are_not_of_the_split_are_passed_over() =>
        Assert.Equal(3, Load([.. Complete, "q3\td0\t1", "q4\td100\t1"]).Count);

    [Theory]
    [InlineData("q1\td3", "query id, document id, score are expected")]
    [InlineData("q1\td3\t", "score is blank")]
    [InlineData("q1\td3\tscore", "score 'score' is no finite number")]
    [InlineData("q1\td3\t1,5", "score '1,5' is no finite number")]
    [InlineData("q1\td3\tNaN", "score 'NaN' is no finite number")]
    [InlineData("q1\td3\t1e99", "score '1e99' is no finite number")]
    [InlineData("q1\td100\t1", "document 'd100' is not in corpus.jsonl")]
    [InlineData("q1\td4\t1", "document 'd4' is scored twice for query 'q1'")]
    public void A_faulty_line_is_named(string faulty, string problem)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Load([.. Complete, faulty]));
        Assert.StartsWith($"{_folder.File("scores.tsv")}, line 7: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "document 'd1', relevant to query 'q1', has no score")]
    [InlineData(5, "document 'd3', relevant to query 'q2', has no score")] // nothing of the query is scored
    public void A_relevant_document_without_a_score_is_named(int line, string problem)
    {
        var exception = Assert.Throws<InvalidDataException>(
            () => Load([.. Complete.Where((_, index) => index != line)]));
        Assert.StartsWith($"{_folder.File("scores.tsv")}: {problem}", exception.Message, StringComparison.Ordinal);
    }

    private ScoredPairs Load(string[] scores) => new(
        BeirCollection.Load(_folder.File("birds"), "train"), _folder.WriteLines("scores.tsv", scores));
}
