using System.Globalization;
using CsvHelper;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Search;

/// <summary>Runs lsr-search sweep, feedback and more-like-this on the animal collection.</summary>
public sealed class SweepTests(ToolFixture fixture)
{
    [Fact]
    public async Task Sweep_writes_table_csv_and_plots_and_continues_without_encoding_again()
    {
        var output = fixture.GetPath("sweep");
        string[] options =
        [
            "--output", output, "--query-terms", "1,none", "--query-encoder", "model,idf", "--model-precision", "none,int8",
            "--cost", "postings", "--tolerance", "0",
        ];
        var result = (await RunAsync(options)).Succeeded();
        var rows = ReadCsv(Path.Combine(output, "sweep.csv"));
        Assert.Equal(8, rows.Count);
        var baseline = rows.Single(row => (string)row["IsBaseline"] == "True");
        Assert.Equal(("default", "1"), ((string)baseline["Point"], (string)baseline["NdcgAt10"]));
        var recommended = rows.Single(row => (string)row["IsRecommended"] == "True");
        Assert.Equal("1", recommended["NdcgAt10"]);
        Assert.True(Number(recommended, "PostingsPerQuery") < Number(baseline, "PostingsPerQuery"));
        Assert.Contains($"Recommended: {recommended["Point"]},", result.UnwrappedOutput, StringComparison.Ordinal);
        Assert.Equal((1100, 640), TestSupport.PngFile.ReadSize(Path.Combine(output, "sweep.png")));
        Assert.StartsWith("<?xml", await File.ReadAllTextAsync(
            Path.Combine(output, "sweep.svg"), TestContext.Current.CancellationToken));
        Assert.Equal(
            ["int8-documents.jsonl", "int8-queries.jsonl", "model-documents.jsonl", "model-queries.jsonl"],
            Directory.EnumerateFiles(Path.Combine(output, "vectors")).Select(Path.GetFileName).Order());

        var again = (await RunAsync(options)).Succeeded();
        Assert.DoesNotContain("Evaluated", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Encoding", again.Output, StringComparison.Ordinal);
        var timedAgain = (await RunAsync([.. options, "--top", "3"])).Succeeded();
        Assert.Contains("Timing all points", timedAgain.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Evaluated", timedAgain.Output, StringComparison.Ordinal);
    }

    /// <summary>
    /// The heavier of a query's two terms finds a wrong document alone, so each of 20 queries falls from 1 to 0.
    /// </summary>
    [Fact]
    public async Task Sweep_prints_a_small_p_value_as_below_a_limit()
    {
        int[] numbers = [.. Enumerable.Range(0, 20)];
        var folder = fixture.GetPath("sweep-significant");
        Directory.CreateDirectory(Path.Combine(folder, "qrels"));
        Write("corpus.jsonl", number =>
            $$"""
            {"_id": "d{{number}}", "text": "right {{number}}"}
            {"_id": "w{{number}}", "text": "wrong {{number}}"}
            """);
        Write("queries.jsonl", number => $$"""{"_id": "q{{number}}", "text": "query {{number}}"}""");
        Write("qrels/test.tsv", number => $"{Header(number)}q{number}\td{number}\t1");
        var documents = Write("documents.jsonl", number =>
            $$$"""
            {"id": "d{{{number}}}", "vector": {"right{{{number}}}": 3}}
            {"id": "w{{{number}}}", "vector": {"wrong{{{number}}}": 1}}
            """);
        var queries = Write("query-vectors.jsonl", number =>
            $$$"""{"id": "q{{{number}}}", "vector": {"right{{{number}}}": 1, "wrong{{{number}}}": 2}}""");
        var rows = (await Tool.Search.RunAsync(
            "sweep", "--collection", folder, "--document-vectors", documents, "--query-vectors", queries, "--output",
            Path.Combine(folder, "out"), "--query-terms", "1,none", "--checkpoint", fixture.Exported)).Succeeded().Rows;
        var row = rows.Single(row => row[0] == "query-terms 1");
        Assert.Equal(("0.0000", "<0.0001"), (row[2], row[4]));

        static string Header(int number) => number == 0 ? "query-id\tcorpus-id\tscore\n" : "";

        string Write(string name, Func<int, string> format)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllLines(path, numbers.Select(format));
            return path;
        }
    }

    [Theory]
    [InlineData("--query-terms", "0", "query-terms must be at least 1 or none, not '0'")]
    [InlineData("--query-min-mass", "NaN", "query-min-mass must be above 0 and up to 1 or none, not 'NaN'")]
    [InlineData("--query-terms", "", "not ''")]
    [InlineData("--model-precision", "int3", "model-precision must be one of Float32, BFloat16, Int8, Int4 or none")]
    [InlineData("--query-encoder", "table", "query_weights.txt")]
    [InlineData("--baseline", "query-terms 9", "No point of the grid is named 'query-terms 9'")]
    [InlineData("--grid", "no-such.json", "no-such.json")]
    [InlineData("--tolerance", "NaN", "--tolerance must be from 0 to 1")]
    [InlineData("--rounds", "0", "--rounds must be at least 1")]
    public async Task Sweep_with_an_invalid_option_fails_and_writes_nothing(
        string option, string value, params string[] named)
    {
        var output = fixture.GetPath($"sweep-bad{option}-{value}");
        (await RunAsync("--output", output, option, value)).Failed(named);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public async Task Sweep_with_vectors_of_other_documents_fails_and_writes_nothing()
    {
        var output = fixture.GetPath("sweep-other-vectors");
        var vectors = fixture.GetPath("other-vectors.jsonl");
        File.WriteAllText(vectors, """{"id":"unicorn","contents":"","vector":{"purr":1}}""");
        (await RunAsync("--output", output, "--document-vectors", vectors, "--query-vectors", vectors)).Failed(vectors);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public async Task Sweep_does_not_write_into_another_folder() =>
        (await RunAsync("--output", fixture.Index)).Failed(fixture.Index, "not empty");

    [Fact]
    public async Task Search_with_feedback_adds_terms_of_the_first_hits()
    {
        var result = (await SearchAsync("purr", "--feedback-documents", "1", "--feedback-weight", "2")).Succeeded();
        Assert.Equal("cat", result.Rows.First(row => row[0] == "1")[2]);
        var plain = (await SearchAsync("purr")).Succeeded();
        Assert.InRange(CountTerms(result), CountTerms(plain) + 1, CountTerms(plain) + 20);

        static int CountTerms(ToolResult result) =>
            result.Output[result.Output.IndexOf("Expansion of", StringComparison.Ordinal)..].TrimEnd().Count('\n');
    }

    [Fact]
    public async Task Search_for_similar_documents_leaves_out_the_document_itself()
    {
        var result = (await SearchAsync("--like", "cat")).Succeeded();
        Assert.DoesNotContain(result.Rows, row => row.Length > 2 && row[2] == "cat");
        Assert.Contains("Terms of cat", result.Output, StringComparison.Ordinal);
        (await SearchAsync("--like", "unicorn")).Failed("The index has no document 'unicorn'");
        (await SearchAsync("purr", "--like", "cat")).Failed("Give either a query or --like");
        (await SearchAsync()).Failed("Give either a query or --like");
    }

    private Task<ToolResult> RunAsync(params string[] options) => Tool.Search.RunAsync(
        ["sweep", "--collection", fixture.Collection, "--checkpoint", fixture.Exported, .. options]);

    private Task<ToolResult> SearchAsync(params string[] arguments) => Tool.Search.RunAsync(
        ["search", .. arguments, "--index", fixture.Index, "--checkpoint", fixture.Exported]);

    private static List<IDictionary<string, object>> ReadCsv(string path)
    {
        using var reader = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        return [.. reader.GetRecords<dynamic>().Cast<IDictionary<string, object>>()];
    }

    private static double Number(IDictionary<string, object> row, string column) =>
        double.Parse((string)row[column], CultureInfo.InvariantCulture);
}
