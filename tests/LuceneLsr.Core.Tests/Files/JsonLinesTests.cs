using System.IO.Compression;
using System.Text;
using LuceneLsr.Files;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Core.Tests.Files;

public sealed class JsonLinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fields_are_read_in_the_order_of_the_file()
    {
        var path = _folder.WriteLines("a.jsonl", """{"title":"T","text":"é"}""", "", """{"text":"two","title":null}""");
        Assert.Equal(["T/é", "/two"], Texts(path));
    }

    [Theory]
    [InlineData("a.jsonl.gz")]
    [InlineData("a.jsonl")]
    public void A_compressed_file_is_read_by_its_own_name_and_by_the_plain_one(string asked)
    {
        using (var writer = new GZipStream(File.Create(_folder.File("a.jsonl.gz")), CompressionLevel.Fastest))
        {
            writer.Write("""{"title":"T","text":"x"}"""u8);
        }

        Assert.Equal(["T/x"], Texts(Path.Combine(_folder.Path, asked)));
    }

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.jsonl.gz")]
    public void A_record_tells_how_much_of_the_file_is_read(string name)
    {
        // Random letters, so that the compressed file is larger than any buffer as well.
        var random = new Random(1);
        var lines = Enumerable.Range(0, 1000).Select(_ =>
            $$"""{"text":"{{string.Concat(Enumerable.Range(0, 500).Select(_ => (char)random.Next('a', 'z')))}}"}""");
        using (Stream file = File.Create(_folder.File(name)), packed =
            name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file)
        {
            packed.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        }

        var shares = JsonLines.Read(_folder.File(name)).Select(record => record.FractionRead).ToList();
        Assert.Equal(shares.Order(), shares);
        Assert.All(shares.Index(), share => Assert.InRange(share.Item - ((share.Index + 1) / 1000.0), 0, 0.1));
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = Path.Combine(_folder.Path, "none.jsonl");
        var exception = Assert.Throws<FileNotFoundException>(() => JsonLines.Read(path));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text":"cut""", "broken JSON")]
    [InlineData("[1]", "Array")]
    [InlineData("""{"title":"T"}""", "\"text\" is missing")]
    [InlineData("""{"text":7}""", "\"text\" is a JSON Number")]
    public void A_faulty_line_is_named(string faulty, string problem)
    {
        var path = _folder.WriteLines("a.jsonl", """{"text":"fine"}""", "", faulty);
        var exception = Assert.Throws<InvalidDataException>(() => Texts(path));
        Assert.StartsWith($"{path}, line 3: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        var path = _folder.WriteLines("a.jsonl", """{"text":"\ud800"}""");
        var exception = Assert.Throws<InvalidDataException>(() => Texts(path));
        Assert.StartsWith($"{path}, line 1: field \"text\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_UTF_8_is_refused()
    {
        var path = _folder.Write("a.jsonl", [.. "{\"text\":\"caf"u8, 0xe9, .. "\"}\n"u8]); // Latin-1
        var exception = Assert.Throws<InvalidDataException>(() => Texts(path));
        Assert.StartsWith($"{path}: no valid UTF-8", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_gzip_is_refused()
    {
        var path = _folder.WriteLines("a.jsonl.gz", """{"text":"plain"}""");
        var exception = Assert.Throws<InvalidDataException>(() => Texts(path));
        Assert.StartsWith($"{path}: damaged", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>As a broken download is, here between two lines, where no record shows it.</summary>
    [Fact]
    public void A_gzip_file_that_is_cut_short_is_refused()
    {
        var path = _folder.File("a.jsonl.gz");
        using (var writer = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            writer.Write("{\"text\":\"one\"}\n"u8);
            writer.Flush();
        }

        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^10]); // the last, empty block, the checksum and the length
        Assert.StartsWith(
            $"{path}: damaged after line 1", Assert.Throws<InvalidDataException>(() => Texts(path)).Message,
            StringComparison.Ordinal);
    }

    private static List<string> Texts(string path) =>
        [.. JsonLines.Read(path).Select(record => $"{record.GetTextOrEmpty("title")}/{record.GetText("text")}")];
}
