using LuceneLsr.Evaluation.Collections;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>
/// Twenty documents about birds. d0 and d1 are relevant to the first query, and d2 to the second.
/// </summary>
public sealed class JudgedPairsTests : IDisposable
{
    private static readonly BeirDocument[] Corpus =
        [.. Enumerable.Range(0, 20).Select(number =>
            new BeirDocument($"d{number}", $"Title {number}", $"a bird of kind {number}"))];

    private static readonly BeirQuery[] Queries =
        [new("q1", "which bird"), new("q2", "bird of kind 2"), new("q3", "never judged")];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Draw_returns_the_query_and_the_contents_of_each_relevant_document()
    {
        var pairs = Load(new("q1", "d0", 1), new("q1", "d1", 2), new("q1", "d5", 0), new("q2", "d2", 1));
        Assert.Equal(
            [("which bird", "Title 0 a bird of kind 0"), ("which bird", "Title 1 a bird of kind 1"),
                ("bird of kind 2", "Title 2 a bird of kind 2")],
            All(pairs).Select(pair => (pair.Query, pair.Document)));
        Assert.Equal(["d0", "d1", "d5"], pairs.Draw(0, new Random(1)).RelevantIds.Order());
        Assert.Equal(Corpus.Select(document => (document.Id, document.Contents)), pairs.Documents);
    }

    [Fact]
    public void Constructor_skips_pairs_with_a_blank_text()
    {
        BeirFolder.Write(_folder, "blank", [.. Corpus, new("empty", "", " ")], [.. Queries, new("q4", " ")],
            new Judgment("q1", "empty", 1), new Judgment("q4", "d0", 1), new Judgment("q1", "d0", 1));
        var pairs = new JudgedPairs(BeirCollection.Load(_folder.File("blank"), "train"));
        Assert.Equal(("which bird", Corpus[0].Contents), (Assert.Single(All(pairs)).Query, All(pairs)[0].Document));
    }

    [Fact]
    public void Constructor_skips_judgments_of_documents_that_are_not_in_the_corpus()
    {
        var pairs = Load(new("q1", "d0", 1), new("q1", "missing", 1));
        Assert.Equal(Corpus[0].Contents, Assert.Single(All(pairs)).Document);
    }

    private static TrainingPair[] All(IPairSource source) =>
        [.. Enumerable.Range(0, source.Count).Select(index => source.Draw(index, new Random(1)))];

    private JudgedPairs Load(params Judgment[] judgments)
    {
        BeirFolder.Write(_folder, "birds", Corpus, Queries, judgments);
        return new JudgedPairs(BeirCollection.Load(_folder.File("birds"), "train"));
    }
}
