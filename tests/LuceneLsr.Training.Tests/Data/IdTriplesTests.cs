using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>A folder as of MS MARCO with three passages and two queries.</summary>
public sealed class IdTriplesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public IdTriplesTests()
    {
        _folder.WriteLines("collection.tsv", "7\tseven, \"the\" bird", "8\teight", "0\tnaught");
        _folder.WriteLines("queries.train.tsv", "20\twhich bird", "10\thow many");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_triple_is_a_pair_of_texts_with_one_negative()
    {
        WriteTriples("10\t8\t0", "20\t7\t8", "20\t7\t0");
        using var triples = new IdTriples(_folder.Path);
        Assert.Equal(
            [("how many", "eight", "naught"), ("which bird", "seven, \"the\" bird", "eight"),
                ("which bird", "seven, \"the\" bird", "naught")],
            Enumerable.Range(0, triples.Count).Select(index => triples.Draw(index, new Random(1)))
                .Select(pair => (pair.Query, pair.Document, Assert.Single(pair.Negatives))));
    }

    [Fact]
    public void Queries_of_the_training_split_go_first()
    {
        WriteTriples("10\t8\t0");
        _folder.WriteLines("queries.tsv", "10\tall");
        using (var triples = new IdTriples(_folder.Path))
        {
            Assert.Equal("how many", triples.Draw(0, new Random(1)).Query);
        }

        File.Delete(_folder.File("queries.train.tsv"));
        using var others = new IdTriples(_folder.Path);
        Assert.Equal("all", others.Draw(0, new Random(1)).Query);
    }

    [Theory]
    [InlineData("10\t8", "query id, positive's id, negative's id are expected")]
    [InlineData("10\t8\t", "negative's id is blank")]
    [InlineData("11\t8\t0", "query '11' has no text")]
    [InlineData("10\t9\t0", "passage '9' has no text")]
    [InlineData("10\t8\t10", "passage '10' has no text")]
    public void A_faulty_triple_is_named(string faulty, string problem) =>
        AssertRefused(WriteTriples("10\t8\t0", faulty), problem);

    [Theory]
    [InlineData("collection.tsv")]
    [InlineData("queries.train.tsv")]
    public void A_faulty_text_is_named(string file)
    {
        WriteTriples("10\t8\t0");
        AssertRefused(_folder.WriteLines(file, "5\tfive", "6 six"), "id, text are expected");
        AssertRefused(_folder.WriteLines(file, "5\tfive", "6\t"), "text is blank");
        AssertRefused(_folder.WriteLines(file, "5\tfive", "5\tsix"), "id '5' stands twice");
    }

    [Theory]
    [InlineData("collection.tsv")]
    [InlineData("queries.train.tsv")]
    public void A_missing_file_is_named(string file)
    {
        WriteTriples("10\t8\t0");
        File.Delete(_folder.File(file));
        Assert.Contains(
            file.Replace(".train", "", StringComparison.Ordinal), // either would do
            Assert.Throws<FileNotFoundException>(() => new IdTriples(_folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_one_file_of_triples()
    {
        Assert.Contains(
            _folder.File("qidpidtriples*.tsv"),
            Assert.Throws<FileNotFoundException>(() => new IdTriples(_folder.Path)).Message,
            StringComparison.Ordinal);
        WriteTriples("10\t8\t0");
        _folder.Write("qidpidtriples.dev.tsv.gz", "");
        Assert.Contains(
            "qidpidtriples.dev.tsv.gz, qidpidtriples.train.full.2.tsv",
            Assert.Throws<InvalidDataException>(() => new IdTriples(_folder.Path)).Message,
            StringComparison.Ordinal);
    }

    private string WriteTriples(params string[] lines) =>
        _folder.WriteLines("qidpidtriples.train.full.2.tsv", lines);

    private void AssertRefused(string path, string problem)
    {
        var exception = Assert.Throws<InvalidDataException>(() => new IdTriples(_folder.Path));
        Assert.StartsWith($"{path}, line 2: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }
}
