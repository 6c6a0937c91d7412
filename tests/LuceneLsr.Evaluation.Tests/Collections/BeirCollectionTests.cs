using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Tests.Support;
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
    public void Load_returns_all_documents_and_the_judged_queries()
    {
        var collection = BeirCollection.Load(_folder.Path, "test");
        Assert.Equal([new("d1", "Wings", "of a bird"), new("d2", "", "lift")], collection.Corpus);
        Assert.Equal([new("q1", "birds")], collection.Queries);
        Assert.Equal(["q1"], collection.Qrels.QueryIds);
        Assert.Equal(new Dictionary<string, int> { ["d1"] = 2, ["d2"] = 0 }, collection.Qrels.GetGrades("q1"));
    }

    [Fact]
    public void Split_exists_if_its_file_is_plain_or_gzipped()
    {
        _folder.WriteGzip("qrels/dev.tsv.gz", $"{Header}\nq2\td2\t1\n");
        Assert.Equal(
            [true, true, false], new[] { "test", "dev", "tset" }.Select(
                split => BeirCollection.HasSplit(_folder.Path, split)));
        Assert.Equal(["q2"], BeirCollection.Load(_folder.Path, "dev").Qrels.QueryIds);
    }

    [Fact]
    public void Contents_are_title_and_text_joined() => Assert.Equal(
        ["Wings of a bird", "lift"], BeirCollection.ReadCorpus(_folder.Path).Select(document => document.Contents));

    [Fact]
    public void Read_queries_returns_the_queries_of_all_splits() =>
        Assert.Equal(["q1", "q2"], BeirCollection.ReadQueries(_folder.Path).Select(query => query.Id));

    [Fact]
    public void Load_of_a_missing_split_reports_its_file()
    {
        var exception = Assert.Throws<FileNotFoundException>(() => BeirCollection.Load(_folder.Path, "dev"));
        Assert.Contains(Path.Combine(_folder.Path, "qrels", "dev.tsv"), exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("corpus.jsonl")]
    [InlineData("queries.jsonl")]
    public void Load_with_a_duplicate_id_reports_file_and_line(string file)
    {
        _folder.WriteLines(file, """{"_id":"x","text":"a"}""", """{"_id":"x","text":"b"}""");
        AssertThrows(file, 2, "duplicate id 'x'");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x y")]
    public void Load_with_an_id_that_run_files_do_not_allow_reports_file_and_line(string id)
    {
        _folder.WriteLines("corpus.jsonl", $$"""{"_id":"{{id}}","text":"a"}""");
        AssertThrows("corpus.jsonl", 1, $"'{id}' is empty or contains white space");
    }

    [Theory]
    [InlineData("q1 d1 1", "two tabs")]
    [InlineData("q1\td1", "two tabs")]
    [InlineData("q1\td1\t1\t1", "two tabs")]
    [InlineData("q1\td1\t0.5", "'0.5' is not an integer")]
    [InlineData("q1\td1\t", "'' is not an integer")]
    [InlineData("q1\td1\tNaN", "'NaN' is not an integer")]
    [InlineData("q1\td1\t1,0", "'1,0' is not an integer")]
    [InlineData("q1\td1\t1e99", "'1e99' is not an integer")]
    [InlineData("q9\td1\t1", "query 'q9' is not in queries.jsonl")]
    [InlineData("q1\td2\t2", "document 'd2' has the grades 1 and 2 for query 'q1'")]
    public void Load_with_a_malformed_judgment_reports_file_and_line(string judgment, string problem)
    {
        _folder.WriteLines("qrels/test.tsv", Header, "q1\td2\t1", judgment);
        AssertThrows(Path.Combine("qrels", "test.tsv"), 3, problem);
    }

    [Fact]
    public void Load_with_a_judgment_of_a_document_that_is_not_in_the_corpus_keeps_and_counts_it()
    {
        _folder.WriteLines("qrels/test.tsv", Header, "q1\td1\t1", "q1\td9\t1");
        var collection = BeirCollection.Load(_folder.Path, "test");
        Assert.Equal(1, collection.JudgmentsWithoutDocument);
        Assert.Equal(1, collection.Qrels.GetGrades("q1")["d9"]);
    }

    [Fact]
    public void Load_without_any_judged_document_in_the_corpus_throws()
    {
        var path = _folder.WriteLines("qrels/test.tsv", Header, "q1\td8\t1", "q1\td9\t1");
        var exception = Assert.Throws<InvalidDataException>(() => BeirCollection.Load(_folder.Path, "test"));
        Assert.StartsWith($"{path}: no judged document is in corpus.jsonl", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_with_a_repeated_judgment_reads_it_once()
    {
        _folder.WriteLines("qrels/test.tsv", Header, "q1\td1\t1", "q1\td1\t1");
        Assert.Equal(
            new Dictionary<string, int> { ["d1"] = 1 },
            BeirCollection.Load(_folder.Path, "test").Qrels.GetGrades("q1"));
    }

    [Theory]
    [InlineData("q1 0 d1 2", "q1 0 d2 -1")]
    [InlineData("q1\t0\td1\t2", "q1  Q0   d2 -1 ")]
    [InlineData("q1 0 d1 2.0", "q1 0 d2 -1.0")]
    public void Load_of_judgments_in_the_format_of_trec_reads_four_columns(params string[] lines)
    {
        _folder.WriteLines("qrels/test.tsv", lines);
        Assert.Equal(
            new Dictionary<string, int> { ["d1"] = 2, ["d2"] = -1 },
            BeirCollection.Load(_folder.Path, "test").Qrels.GetGrades("q1"));
    }

    [Fact]
    public void Load_with_ids_that_are_numbers_reads_them_as_written()
    {
        _folder.WriteLines("corpus.jsonl", """{"_id":7,"text":"a"}""", """{"_id":"8","text":"b"}""");
        _folder.WriteLines("queries.jsonl", """{"_id":12345678901234567890,"text":"a"}""");
        _folder.WriteLines("qrels/test.tsv", Header, "12345678901234567890\t7\t1.0");
        var collection = BeirCollection.Load(_folder.Path, "test");
        Assert.Equal(["7", "8"], collection.Corpus.Select(document => document.Id));
        Assert.Equal(1, collection.Qrels.GetGrades("12345678901234567890")["7"]);
    }

    [Fact]
    public void Load_of_judgments_without_a_header_throws_instead_of_losing_the_first()
    {
        _folder.WriteLines("qrels/test.tsv", "q1\td1\t1", "q1\td2\t1");
        AssertThrows(Path.Combine("qrels", "test.tsv"), 1, "header");
    }

    [Fact]
    public void Load_of_a_split_without_judgments_throws()
    {
        var path = _folder.WriteLines("qrels/test.tsv", Header);
        var exception = Assert.Throws<InvalidDataException>(() => BeirCollection.Load(_folder.Path, "test"));
        Assert.StartsWith($"{path}: no judgment", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scifact", "test", 5_183, 300)]
    [InlineData("scifact", "train", 5_183, 809)]
    [InlineData("cranfield", "test", 1_400, 225)]
    public void Load_reads_the_shared_collections(string name, string split, int documents, int queries)
    {
        var collection = SharedData.Load(name, split);
        Assert.Equal((documents, queries), (collection.Corpus.Count, collection.Queries.Count));
    }

    private void AssertThrows(string file, int line, string problem)
    {
        var exception = Assert.Throws<InvalidDataException>(() => BeirCollection.Load(_folder.Path, "test"));
        var place = $"{Path.Combine(_folder.Path, file)}, line {line}: ";
        Assert.StartsWith(place, exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }
}
