using System.Text.Json;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Search;

/// <summary>Runs lsr-search export, mapping, drift and join on the animal collection.</summary>
public sealed class ExportTests(ToolFixture fixture)
{
    [Theory]
    [InlineData("elasticsearch", "bulk-000001.ndjson", "mapping.json", "queries.ndjson")]
    [InlineData("rank-features", "bulk-000001.ndjson", "mapping.json", "queries.ndjson")]
    [InlineData("opensearch", "bulk-000001.ndjson", "mapping.json", "queries.ndjson")]
    [InlineData("opensearch-sparse-vector", "bulk-000001.ndjson", "mapping.json", "queries.ndjson", "vocabulary.tsv")]
    [InlineData("anserini", "corpus/documents.jsonl", "topics.tsv")]
    [InlineData("csr", "documents.csr", "queries.csr", "vocabulary.tsv")]
    public async Task Export_writes_the_files_of_each_engine(string format, params string[] files)
    {
        var (documents, queries) = await EncodeAsync(format);
        var output = fixture.GetPath($"export-{format}");
        string[] command =
        [
            "export", "--format", format, "--document-vectors", documents, "--query-vectors", queries, "--output", output,
            "--checkpoint", fixture.Exported,
        ];
        var result = (await Tool.Search.RunAsync(command)).Succeeded();
        Assert.All(files, file => Assert.True(new FileInfo(Path.Combine(output, file)).Length > 0, file));
        Assert.All(files, file => Assert.Contains(file, result.Output, StringComparison.Ordinal));
        (await Tool.Search.RunAsync(command)).Failed(output, "not empty");
    }

    [Fact]
    public async Task Mapping_prints_valid_json_with_the_given_options()
    {
        var result = (await Tool.Search.RunAsync(
            "mapping", "--format", "opensearch-sparse-vector", "--field", "lsr", "--shards", "3",
            "--document-ceiling", "2.5")).Succeeded();
        var mapping = JsonElement.Parse(result.Output);
        Assert.Equal(3, mapping.GetProperty("settings").GetProperty("index").GetProperty("number_of_shards").GetInt32());
        var parameters = mapping.GetProperty("mappings").GetProperty("properties").GetProperty("lsr")
            .GetProperty("method").GetProperty("parameters");
        Assert.Equal(2.5, parameters.GetProperty("quantization_ceiling_ingest").GetDouble());
        Assert.Equal(16, parameters.GetProperty("quantization_ceiling_search").GetDouble());
    }

    [Fact]
    public async Task Drift_of_the_reference_is_zero_and_other_formats_follow()
    {
        var (documents, queries) = await EncodeAsync("drift");
        var result = (await Tool.Search.RunAsync(
            "drift", "--document-vectors", documents, "--query-vectors", queries, "--checkpoint", fixture.Exported,
            "--collection", fixture.Collection)).Succeeded();
        Assert.Equal("0", result.Rows.Single(row => row[0].StartsWith("none", StringComparison.Ordinal))[4]);
        Assert.Contains(result.Rows, row => row[0].StartsWith("9 bits", StringComparison.Ordinal));
        Assert.Contains("6 documents, 6 queries", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_reports_a_missing_shard_and_joins_when_all_are_there()
    {
        var (first, second) = (fixture.GetPath("join-1.jsonl"), fixture.GetPath("join-2.jsonl"));
        var output = fixture.GetPath("joined.jsonl");
        await EncodeAsync("corpus.jsonl", first, "--shard", "1/2");
        var failed = await Tool.Search.RunAsync("join", "--parts", first, "--output", output);
        failed.Failed("do not fit together");
        Assert.Contains("Shard 2/2 is missing. Encode it with --shard 2/2.", failed.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(output));

        await EncodeAsync("corpus.jsonl", second, "--shard", "2/2");
        (await Tool.Search.RunAsync("join", "--parts", second, first, "--output", output)).Succeeded();
        Assert.Equal(File.ReadAllText(first) + File.ReadAllText(second), File.ReadAllText(output));
    }

    [Fact]
    public async Task Vocabulary_and_the_format_with_tokens_go_together() =>
        Assert.Contains("go together", (await Tool.Search.RunAsync(
            "encode", "--input", Path.Combine(fixture.Collection, "corpus.jsonl"), "--output", fixture.GetPath("no.jsonl"),
            "--format", "opensearch-sparse-vector")).Error, StringComparison.Ordinal);

    private async Task<(string Documents, string Queries)> EncodeAsync(string name)
    {
        var (documents, queries) = (fixture.GetPath($"{name}-documents.jsonl"), fixture.GetPath($"{name}-queries.jsonl"));
        await EncodeAsync("corpus.jsonl", documents);
        await EncodeAsync("queries.jsonl", queries, "--side", "query");
        return (documents, queries);
    }

    private async Task EncodeAsync(string input, string output, params string[] options) =>
        (await Tool.Search.RunAsync(
            ["encode", "--input", Path.Combine(fixture.Collection, input), "--output", output,
            "--checkpoint", fixture.Exported, .. options])).Succeeded();
}
