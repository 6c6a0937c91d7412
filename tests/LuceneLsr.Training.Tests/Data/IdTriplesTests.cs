using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>A directory in the layout of MS MARCO with three passages and two queries.</summary>
public sealed class IdTriplesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public IdTriplesTests()
    {
        _folder.WriteLines("collection.tsv", "7\tseven, \"the\" bird", "8\teight", "0\tzero");
        _folder.WriteLines("queries.train.tsv", "20\twhich bird", "10\thow many");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Draw_resolves_the_ids_of_a_triple_to_texts()
    {
        WriteTriples("10\t8\t0", "20\t7\t8", "20\t7\t0");
        using var triples = new IdTriples(_folder.Path);
        Assert.Equal(
            [("how many", "eight", "zero"), ("which bird", "seven, \"the\" bird", "eight"),
                ("which bird", "seven, \"the\" bird", "zero")],
            Enumerable.Range(0, triples.Count).Select(index => triples.Draw(index, new Random(1)))
                .Select(pair => (pair.Query, pair.Document, Assert.Single(pair.Negatives))));
    }

    [Fact]
    public void Constructor_prefers_the_queries_of_the_training_split()
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
    [InlineData("10\t8", "found 2 tab-separated fields, expected 3: query id, positive id, negative id")]
    [InlineData("10\t8\t", "negative id is blank")]
    [InlineData("11\t8\t0", "query '11' has no text")]
    [InlineData("10\t9\t0", "passage '9' has no text")]
    [InlineData("10\t8\t10", "passage '10' has no text")]
    public void Constructor_reports_the_line_of_a_malformed_triple(string malformed, string problem) =>
        AssertThrows(WriteTriples("10\t8\t0", malformed), problem);

    [Theory]
    [InlineData("collection.tsv")]
    [InlineData("queries.train.tsv")]
    public void Constructor_reports_the_line_of_a_malformed_text(string file)
    {
        WriteTriples("10\t8\t0");
        AssertThrows(_folder.WriteLines(file, "5\tfive", "6 six"), "expected 2: id, text");
        AssertThrows(_folder.WriteLines(file, "5\tfive", "6\t"), "text is blank");
        AssertThrows(_folder.WriteLines(file, "5\tfive", "5\tsix"), "duplicate id '5'");
    }

    [Theory]
    [InlineData("collection.tsv")]
    [InlineData("queries.train.tsv")]
    public void Constructor_reports_a_missing_file(string file)
    {
        WriteTriples("10\t8\t0");
        File.Delete(_folder.File(file));
        Assert.Contains(
            file.Replace(".train", "", StringComparison.Ordinal), // the error names the fallback
            Assert.Throws<FileNotFoundException>(() => new IdTriples(_folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_with_none_or_several_files_of_triples_throws()
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

    private void AssertThrows(string path, string problem)
    {
        var exception = Assert.Throws<InvalidDataException>(() => new IdTriples(_folder.Path));
        Assert.StartsWith($"{path}, line 2: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }
}
