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
    public void Read_returns_records_in_file_order()
    {
        var path = _folder.WriteLines("a.jsonl", """{"title":"T","text":"é"}""", "", """{"text":"two","title":null}""");
        Assert.Equal(["T/é", "/two"], Texts(path));
    }

    [Theory]
    [InlineData("a.jsonl.gz")]
    [InlineData("a.jsonl")]
    public void Read_finds_gzip_file_by_its_own_and_by_plain_name(string requested)
    {
        _folder.WriteGzip("a.jsonl.gz", """{"title":"T","text":"x"}""");

        Assert.Equal(["T/x"], Texts(Path.Combine(_folder.Path, requested)));
    }

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.jsonl.gz")]
    public void FractionRead_grows_with_position_in_file(string name)
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

        var fractions = JsonLines.Read(_folder.File(name)).Select(record => record.FractionRead).ToList();
        Assert.Equal(fractions.Order(), fractions);
        Assert.All(fractions.Index(), fraction =>
            Assert.InRange(fraction.Item - ((fraction.Index + 1) / 1000.0), 0, 0.1));
        Assert.Equal(1, fractions[^1]);
    }

    [Theory]
    [InlineData("a.jsonl.gz", true)]
    [InlineData("./a.jsonl.gz", true)]
    [InlineData("link/a.jsonl.gz", true)]
    [InlineData("a.jsonl", false)] // a new file next to it
    [InlineData("b.jsonl.gz", false)]
    public void IsSameFile_compares_output_with_file_that_is_read(string output, bool expected)
    {
        _folder.WriteGzip("a.jsonl.gz", "{}");
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.Path);
        Assert.Equal(expected, JsonLines.IsSameFile(_folder.File("a.jsonl"), Path.Combine(_folder.Path, output)));
    }

    /// <summary>The file has 66 KB, its only string 64 Mi characters.</summary>
    [Fact]
    public void Read_object_longer_than_maximum_throws_naming_line()
    {
        using (Stream file = File.Create(_folder.File("a.jsonl.gz")),
            packed = new GZipStream(file, CompressionLevel.Fastest))
        {
            packed.Write("\n{\"text\":\""u8);
            var part = Encoding.UTF8.GetBytes(new string('x', 1 << 20));
            for (var index = 0; index < 64; index++)
            {
                packed.Write(part);
            }
        }

        var exception = Assert.Throws<InvalidDataException>(() => JsonLines.Read(_folder.File("a.jsonl")).Count());
        Assert.Equal(
            $"{_folder.File("a.jsonl.gz")}, line 2: a JSON object has more than 67,108,864 bytes. "
            + "Split it, or check that the file is not binary.",
            exception.Message);
    }

    [Fact]
    public void Read_missing_file_throws_naming_path()
    {
        var path = Path.Combine(_folder.Path, "none.jsonl");
        var exception = Assert.Throws<FileNotFoundException>(() => JsonLines.Read(path));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text":"cut""", "malformed JSON at byte 13,")]
    [InlineData("[1]", "expected a JSON object, found a JSON Number")]
    [InlineData("[[]]", "expected a JSON object, found a JSON Array")]
    [InlineData("null", "expected a JSON object, found a JSON Null")]
    [InlineData("cut", "malformed JSON at byte 1,")]
    [InlineData("[{\"text\":\"last\"},]", "malformed JSON at byte 18,")]
    [InlineData("[{\"text\":\"last\"}", "the array has no ]. The file may be cut off.")]
    [InlineData("{\"text\":\"last\"", "the JSON object has no end. The file may be cut off.")]
    [InlineData("""{"title":"T"}""", "\"text\" is missing")]
    [InlineData("""{"text":7}""", "\"text\" is a JSON Number")]
    public void Read_malformed_line_throws_naming_file_and_line(string malformed, string problem)
    {
        var path = _folder.WriteLines("a.jsonl", """{"text":"fine"}""", "", malformed);
        var exception = Assert.Throws<InvalidDataException>(() => Texts(path));
        Assert.StartsWith($"{path}, line 3: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData(" \n\n", "")]
    [InlineData("[{\"text\":\"a\"}, {\"text\":\"b\"}\n,\r\n{\"text\":\"c\"}]", "/a /b /c")]
    [InlineData("[\n  {\n    \"text\": \"a\",\n    \"other\": [{\"text\": 1}, []]\n  }\n]\n", "/a")]
    [InlineData("{\n\"text\":\"a\"}\n{\"text\":\"b\"} {\"text\":\"c\"}{\"text\":\"d\"\n}", "/a /b /c /d")]
    [InlineData("\uFEFF[{\"text\":\"a\"}]\n[{\"text\":\"b\"}]", "/a /b")]
    public void Read_arrays_and_objects_over_several_lines_returns_their_objects(string content, string expected) =>
        Assert.Equal(expected, string.Join(' ', Texts(_folder.Write("a.json", content))));

    /// <summary>The array has one line of several blocks; some split a pair of surrogates.</summary>
    [Fact]
    public void Read_long_array_on_one_line_streams_its_objects()
    {
        string[] texts = [.. Enumerable.Range(0, 3_000).Select(number =>
            new string('x', number % 50) + "😀" + (number == 2_000 ? new string('é', 100_000) : ""))];
        var path = _folder.Write(
            "a.json", $"[{string.Join(", ", texts.Select(text => $$"""{"text":"{{text}}"}"""))}]");
        Assert.Equal(texts, JsonLines.Read(path).Select(record => record.GetText("text")));
        Assert.InRange(JsonLines.Read(path).First().FractionRead, 0.001, 0.2);
    }

    [Theory]
    [InlineData("[\n{\n\"text\":\"a\"\n},\n{\n\"text\":7\n}\n]", "line 5: field \"text\" is a JSON Number")]
    [InlineData("[\n{\"text\":\"a\"},\n\n3]", "line 4: expected a JSON object, found a JSON Number")]
    [InlineData(
        "{\"text\":\"a\"}\n{\n\"text\"\n\"b\"}",
        "line 4: malformed JSON at byte 1 in the object that starts in line 2")]
    [InlineData("[{\"text\":\"a\"},\n{\n\"text\":\"b\n", "line 3: malformed JSON at byte 10 in the object")]
    [InlineData("{\"text\":\"a\"}\n{\n\"text\":\"b\"", "line 2: the JSON object has no end")]
    public void Read_of_a_malformed_object_returns_those_before_and_names_its_line(string content, string problem)
    {
        var path = _folder.Write("a.json", content);
        Assert.Equal("a", JsonLines.Read(path).First().GetText("text"));
        Assert.StartsWith(
            $"{path}, {problem}", Assert.Throws<InvalidDataException>(() => Texts(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_a_directory_throws_naming_it() => Assert.Equal(
        $"{_folder.Path} is a directory. Name a file.",
        Assert.Throws<IOException>(() => JsonLines.Read(_folder.Path)).Message);

    [Fact]
    public void Read_lone_surrogate_throws_naming_field()
    {
        var path = _folder.WriteLines("a.jsonl", """{"text":"\ud800"}""");
        var exception = Assert.Throws<InvalidDataException>(() => Texts(path));
        Assert.StartsWith($"{path}, line 1: field \"text\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_invalid_UTF_8_throws()
    {
        var path = _folder.Write("a.jsonl", [.. "{\"text\":\"caf"u8, 0xe9, .. "\"}\n"u8]); // Latin-1
        var exception = Assert.Throws<InvalidDataException>(() => Texts(path));
        Assert.StartsWith($"{path}: invalid UTF-8", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_plain_text_with_gz_extension_throws()
    {
        var path = _folder.WriteLines("a.jsonl.gz", """{"text":"plain"}""");
        var exception = Assert.Throws<InvalidDataException>(() => Texts(path));
        Assert.StartsWith($"{path}: not a gzip file", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Like an interrupted download. The cut is between two lines, where no record is incomplete.</summary>
    [Fact]
    public void Read_truncated_gzip_file_throws_naming_last_line()
    {
        var path = _folder.File("a.jsonl.gz");
        using (var writer = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            writer.Write("{\"text\":\"one\"}\n"u8);
            writer.Flush();
        }

        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^10]); // the last, empty block, the checksum and the length
        Assert.StartsWith(
            $"{path}: not a gzip file, or corrupt after line 1",
            Assert.Throws<InvalidDataException>(() => Texts(path)).Message,
            StringComparison.Ordinal);
    }

    private static List<string> Texts(string path) =>
        [.. JsonLines.Read(path).Select(record => $"{record.GetTextOrEmpty("title")}/{record.GetText("text")}")];
}
