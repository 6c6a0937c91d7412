using System.Text;
using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

public sealed class RandomAccessLinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Indexer_reads_lines_in_any_order_with_any_line_ends() => Gen.Select(
        Gen.String[Gen.Char["a \té語\ufeff"], 0, 12].Array[1, 30], Gen.OneOf(Gen.Const("\n"), Gen.Const("\r\n")),
        Gen.Bool, Gen.Bool,
        Gen.Int[0, 1000]).Sample((texts, end, hasLastEnd, hasMark, seed) =>
        {
            texts[^1] += "."; // an empty text after the last line end is not a line
            using var lines = Open(
                (hasMark ? "\ufeff" : "") + Unmarked(string.Join(end, texts)) + (hasLastEnd ? end : ""));
            Assert.Equal(texts.Length, lines.Count);
            int[] order = [.. Enumerable.Range(0, texts.Length)];
            new Random(seed).Shuffle(order);
            Assert.All(order, index => Assert.Equal(
                (index + 1, index == 0 ? Unmarked(texts[0]) : texts[index]), (lines[index].Number, lines[index].Text)));
            Assert.Equal(Enumerable.Range(0, texts.Length).Select(index => lines[index]), lines);
        }, iter: 200, threads: 1);

    [Fact]
    public void Enumeration_of_a_file_larger_than_the_buffer_reads_all_lines()
    {
        var random = new Random(1);
        string[] texts = [.. Enumerable.Range(0, 3000).Select(number =>
            $"{number} {string.Concat(Enumerable.Repeat("é語", random.Next(400)))}")];
        using var lines = Open(string.Join('\n', texts)); // 3 MB
        Assert.Equal(texts, lines.Select(line => line.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ufeff")]
    public void Empty_file_has_no_lines(string content)
    {
        using var lines = Open(content);
        Assert.Empty(lines);
    }

    [Fact]
    public void Enumeration_includes_blank_lines()
    {
        using var lines = Open("\n\n a\n\n");
        Assert.Equal(["", "", " a", ""], lines.Select(line => line.Text));
    }

    [Fact]
    public void FractionRead_of_a_line_is_its_end_in_the_file()
    {
        using var lines = Open("a\nbcd\né"); // 8 bytes
        Assert.Equal([2 / 8.0, 6 / 8.0, 1], lines.Select(line => line.FractionRead));
    }

    [Fact]
    public void Indexer_reports_a_line_that_is_not_valid_UTF_8()
    {
        var path = _folder.Write("latin.tsv", [.. "fine\ncaf"u8, 0xe9]); // Latin-1
        using var lines = new RandomAccessLines(path);
        Assert.Equal("fine", lines[0].Text);
        Assert.StartsWith(
            $"{path}, line 2: ", Assert.Throws<InvalidDataException>(() => lines[1]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_finds_a_compressed_file_with_and_without_its_extension()
    {
        _folder.WriteGzip("a.tsv.gz", "one\ntwo\n");

        Assert.All(["a.tsv", "a.tsv.gz"], name => Assert.Equal(
            ["one", "two"], RandomAccessLines.Open(_folder.File(name)).Select(line => line.Text)));
    }

    [Fact]
    public void Open_reports_a_missing_file() => Assert.Contains(
        _folder.File("none.tsv"),
        Assert.Throws<FileNotFoundException>(() => RandomAccessLines.Open(_folder.File("none.tsv"))).Message,
        StringComparison.Ordinal);

    // A byte order mark is not part of the text.
    private static string Unmarked(string text) => text.TrimStart('\ufeff');

    private RandomAccessLines Open(string content) =>
        new(_folder.Write("lines.txt", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(content)));
}
