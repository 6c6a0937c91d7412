using System.IO.Compression;
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
    public void A_folder_gives_its_documents_and_never_its_queries()
    {
        var folder = BeirFolder.Write(
            _folder, "beir", [new("1", "Wings", "of a bird"), new("2", "", "lift")], [new("q", "birds")]);
        Assert.Equal(["Wings of a bird", "lift"], TextFiles.Read(folder));
    }

    [Fact]
    public void A_file_gives_the_text_of_each_line() =>
        Assert.Equal(["one\n\n  two ", "three"], TextFiles.Read(_folder.Write("texts.jsonl", Lines)));

    [Fact]
    public void A_compressed_file_is_read_likewise()
    {
        var path = _folder.File("texts.jsonl.gz");
        using (var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
        {
            writer.Write(Lines);
        }

        Assert.Equal(["one\n\n  two ", "three"], TextFiles.Read(path));
    }

    [Fact]
    public void Paragraphs_are_lines_without_blank_ones() =>
        Assert.Equal(["one", "two", "three"], TextFiles.ReadParagraphs(_folder.Write("texts.jsonl", Lines)));

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains(
        _folder.File("none.jsonl"),
        Assert.Throws<FileNotFoundException>(() => TextFiles.Read(_folder.File("none.jsonl")).ToList()).Message,
        StringComparison.Ordinal);
}
