using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Data;

public sealed class TextFilesTests : IDisposable
{
    private const string Lines =
        """
        {"title": "T", "text": "one\n\n  two "}
        {"text": "three"}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_of_a_BEIR_directory_returns_documents_but_no_queries()
    {
        var folder = BeirFolder.Write(
            _folder, "beir", [new("1", "Wings", "of a bird"), new("2", "", "lift")], [new("q", "birds")]);
        Assert.Equal(["Wings of a bird", "lift"], TextFiles.Read(folder));
    }

    [Fact]
    public void Read_of_a_file_returns_the_text_of_each_line() =>
        Assert.Equal(["one\n\n  two ", "three"], TextFiles.Read(_folder.Write("texts.jsonl", Lines)));

    [Fact]
    public void Read_of_a_compressed_file_returns_the_text_of_each_line()
    {
        var path = _folder.WriteGzip("texts.jsonl.gz", Lines);
        Assert.Equal(["one\n\n  two ", "three"], TextFiles.Read(path));
    }

    [Fact]
    public void ReadParagraphs_returns_lines_that_are_not_blank() =>
        Assert.Equal(["one", "two", "three"], TextFiles.ReadParagraphs(_folder.Write("texts.jsonl", Lines)));

    [Fact]
    public void Read_reports_a_missing_file() => Assert.Contains(
        _folder.File("none.jsonl"),
        Assert.Throws<FileNotFoundException>(() => TextFiles.Read(_folder.File("none.jsonl")).ToList()).Message,
        StringComparison.Ordinal);
}
