using System.Text;
using System.Text.Json;
using LuceneLsr.Tools.Tests.Support;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.Tools.Tests.Search;

/// <summary>Runs lsr-search encode on the animal collection.</summary>
public sealed class EncodeTests(ToolFixture fixture)
{
    [Fact]
    public async Task Encode_writes_vectors_that_can_be_read_back()
    {
        var output = fixture.GetPath("vectors.jsonl");
        (await Tool.Search.RunAsync(
            "encode", "--input", Path.Combine(fixture.Collection, "corpus.jsonl"),
            "--output", output, "--checkpoint", fixture.Exported)).Succeeded();
        var records = AnseriniVectors.ReadFile(output).ToList();
        Assert.Equal(Animals.Ids, records.Select(record => record.Id));
        Assert.StartsWith("Cat cats purr", records[0].Contents, StringComparison.Ordinal);
        Assert.Contains("purr", records[0].Vector.Entries.Select(entry => entry.Term));
        Assert.DoesNotContain("purr", records[1].Vector.Entries.Select(entry => entry.Term));
    }

    [Fact]
    public async Task Encode_reads_numeric_ids_and_arrays()
    {
        var input = fixture.GetPath("numeric.json");
        File.WriteAllText(input, """
            [
              {"_id": 7, "text": "purr"},
              {"_id": 8,
               "text": "bark"}
            ]
            """);
        var output = fixture.GetPath("numeric-vectors.jsonl");
        (await EncodeAsync(input, output)).Succeeded();
        Assert.Equal(["7", "8"], AnseriniVectors.ReadFile(output).Select(record => record.Id));
    }

    [Fact]
    public async Task Encode_of_all_shards_writes_each_document_once()
    {
        var ids = new List<string>();
        foreach (var shard in new[] { "1/2", "2/2" })
        {
            var output = fixture.GetPath($"shard-{shard[0]}.jsonl");
            (await EncodeAsync(Path.Combine(fixture.Collection, "corpus.jsonl"), output, "--shard", shard)).Succeeded();
            ids.AddRange(AnseriniVectors.ReadFile(output).Select(record => record.Id));
        }

        Assert.Equal(Animals.Ids.Order(), ids.Order());
    }

    [Theory]
    [InlineData("document", "elasticsearch", "index", "contents")]
    [InlineData("query", "elasticsearch", "index", "query")]
    [InlineData("query", "opensearch", "index", "query")]
    [InlineData("query", "rank-features", "index", "query")]
    public async Task Encode_for_search_engines_writes_two_lines_per_text(
        string side, string format, string first, string second)
    {
        var output = fixture.GetPath($"{side}.{format}.ndjson");
        (await EncodeAsync(
            Path.Combine(fixture.Collection, "queries.jsonl"), output,
            "--side", side, "--format", format, "--index", "animals", "--field", "lsr")).Succeeded();
        var lines = File.ReadAllLines(output).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(2 * 6, lines.Count);
        Assert.All(lines.Chunk(2), pair =>
        {
            Assert.Contains("animals", pair[0].GetProperty(first).GetRawText(), StringComparison.Ordinal);
            Assert.Contains("lsr", pair[1].GetRawText(), StringComparison.Ordinal);
            Assert.True(pair[1].TryGetProperty(second, out _));
        });
    }

    [Fact]
    public async Task Encode_resumes_a_killed_run_and_writes_the_same_file()
    {
        const int chunk = 256; // the default of the library
        var folder = Directory.CreateDirectory(fixture.GetPath("killed")).FullName;
        string input = Path.Combine(folder, "in.jsonl"), whole = Path.Combine(folder, "whole.jsonl"),
            output = Path.Combine(folder, "out.jsonl"), partial = output + ".partial";
        File.WriteAllLines(input, Enumerable.Range(0, 6 * chunk).Select(number => Animals.Document(
            $"{number}", "Bee", string.Join(' ', Enumerable.Repeat("honey in the hive", 1 + (number % 9))))));
        (await EncodeAsync(input, whole)).Succeeded();

        // The journal contains the first chunk when the second one is being written.
        var first = File.ReadLines(whole).Take(chunk).Sum(line => Encoding.UTF8.GetByteCount(line + "\n"));
        var killed = await Tool.Search.KillAsync(
            File.ReadLines(input), () => new FileInfo(partial) is { Exists: true } file && file.Length > first,
            Arguments("/dev/stdin", output));
        Assert.NotEqual(0, killed.ExitCode);
        Assert.False(File.Exists(output));

        (await EncodeAsync(input, output, "--format", "anserini")).Failed(partial, "was started with --format jsonl");
        (await EncodeAsync(input, output, "--shard", "1/2")).Failed(partial, "was started with --shard 1/1");

        var resumed = (await EncodeAsync(input, output)).Succeeded();
        Assert.Contains("of them from an earlier run.", resumed.UnwrappedOutput, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(output));
        Assert.Equal([input, output, whole], Directory.GetFiles(folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Encode_that_fails_keeps_its_input_and_leaves_no_output()
    {
        var folder = Directory.CreateDirectory(fixture.GetPath("encode")).FullName;
        string input = Path.Combine(folder, "in.jsonl"), output = Path.Combine(folder, "out.jsonl");
        File.WriteAllLines(input, ["""{"_id": "d", "text": "honey"}""", "broken"]);
        (await EncodeAsync(input, input)).Failed(input, "same file");
        Directory.CreateSymbolicLink(fixture.GetPath("encode-link"), folder);
        (await EncodeAsync(input, Path.Combine(fixture.GetPath("encode-link"), "in.jsonl"))).Failed(input, "same file");
        (await EncodeAsync(input, output)).Failed(input, "line 2");
        Assert.Equal([input], Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData("--shard", "9/8", "from 1 to N")]
    [InlineData("--shard", "x", "from 1 to N")]
    [InlineData("--format", "anserini-topics", "--side query")]
    [InlineData("--field", "contents", "other than contents")]
    public async Task Encode_with_an_option_out_of_range_fails(string option, string value, string named) =>
        (await EncodeAsync(
            Path.Combine(fixture.Collection, "corpus.jsonl"), fixture.GetPath("refused.jsonl"), option, value))
            .Failed(named);

    private Task<ToolResult> EncodeAsync(string input, string output, params string[] options) =>
        Tool.Search.RunAsync(Arguments(input, output, options));

    private string[] Arguments(string input, string output, params string[] options) =>
        ["encode", "--input", input, "--output", output, "--checkpoint", fixture.Exported, .. options];
}
