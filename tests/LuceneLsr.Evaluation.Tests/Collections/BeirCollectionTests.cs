using LuceneLsr.Evaluation.Collections;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Evaluation.Tests.Collections;

public sealed class BeirCollectionTests : IDisposable
{
    private const string Header = "query-id\tcorpus-id\tscore";

    private readonly TemporaryFolder _folder = new();

    public BeirCollectionTests()
    {
        _folder.WriteLines(
            "corpus.jsonl",
            """{"_id":"d1","title":"Wings","text":"of a bird"}""",
            """{"_id":"d2","title":"","text":"lift"}""");
        _folder.WriteLines("queries.jsonl", """{"_id":"q1","text":"birds"}""", """{"_id":"q2","text":"not judged"}""");
        _folder.WriteLines("qrels/test.tsv", Header, "q1\td1\t2", "q1\td2\t0");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_collection_holds_all_documents_and_the_judged_queries()
    {
        var collection = BeirCollection.Load(_folder.Path, "test");
        Assert.Equal([new("d1", "Wings", "of a bird"), new("d2", "", "lift")], collection.Corpus);
        Assert.Equal([new("q1", "birds")], collection.Queries);
        Assert.Equal(["q1"], collection.Qrels.QueryIds);
        Assert.Equal(new Dictionary<string, int> { ["d1"] = 2, ["d2"] = 0 }, collection.Qrels.Grades("q1"));
    }

    [Fact]
    public void Contents_join_title_and_text() => Assert.Equal(
        ["Wings of a bird", "lift"], BeirCollection.ReadCorpus(_folder.Path).Select(document => document.Contents));

    [Fact]
    public void Queries_alone_are_those_of_every_split() =>
        Assert.Equal(["q1", "q2"], BeirCollection.ReadQueries(_folder.Path).Select(query => query.Id));

    [Fact]
    public void A_missing_split_is_named()
    {
        var exception = Assert.Throws<FileNotFoundException>(() => BeirCollection.Load(_folder.Path, "dev"));
        Assert.Contains(Path.Combine(_folder.Path, "qrels", "dev.tsv"), exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("corpus.jsonl")]
    [InlineData("queries.jsonl")]
    public void A_repeated_id_is_refused(string file)
    {
        _folder.WriteLines(file, """{"_id":"x","text":"a"}""", """{"_id":"x","text":"b"}""");
        AssertFault(file, 2, "'x' stands twice");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x y")]
    public void An_id_that_no_run_file_takes_is_refused(string id)
    {
        _folder.WriteLines("corpus.jsonl", $$"""{"_id":"{{id}}","text":"a"}""");
        AssertFault("corpus.jsonl", 1, $"'{id}' is empty or holds white space");
    }

    [Theory]
    [InlineData("q1 d1 1", "two tabs")]
    [InlineData("q1\td1", "two tabs")]
    [InlineData("q1\td1\t1\t1", "two tabs")]
    [InlineData("q1\td1\t0.5", "'0.5' is no whole number")]
    [InlineData("q9\td1\t1", "query 'q9' is not in queries.jsonl")]
    [InlineData("q1\td9\t1", "document 'd9' is not in corpus.jsonl")]
    [InlineData("q1\td2\t1", "judged twice")]
    public void A_faulty_judgment_is_refused(string judgment, string problem)
    {
        _folder.WriteLines("qrels/test.tsv", Header, "q1\td2\t1", judgment);
        AssertFault(Path.Combine("qrels", "test.tsv"), 3, problem);
    }

    [Fact]
    public void A_file_without_header_is_refused_rather_than_its_first_judgment_lost()
    {
        _folder.WriteLines("qrels/test.tsv", "q1\td1\t1", "q1\td2\t1");
        AssertFault(Path.Combine("qrels", "test.tsv"), 1, "header");
    }

    [Fact]
    public void A_split_without_judgments_is_refused()
    {
        var path = _folder.WriteLines("qrels/test.tsv", Header);
        var exception = Assert.Throws<InvalidDataException>(() => BeirCollection.Load(_folder.Path, "test"));
        Assert.StartsWith($"{path}: no judgment", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scifact", "test", 5_183, 300)]
    [InlineData("scifact", "train", 5_183, 809)]
    [InlineData("cranfield", "test", 1_400, 225)]
    public void The_shelf_can_be_read(string name, string split, int documents, int queries)
    {
        var collection = SharedData.Load(name, split);
        Assert.Equal((documents, queries), (collection.Corpus.Count, collection.Queries.Count));
    }

    private void AssertFault(string file, int line, string problem)
    {
        var exception = Assert.Throws<InvalidDataException>(() => BeirCollection.Load(_folder.Path, "test"));
        var place = $"{Path.Combine(_folder.Path, file)}, line {line}: ";
        Assert.StartsWith(place, exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }
}
