using System.Globalization;
using CsvHelper;
using LuceneLsr.TestSupport;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Search;

/// <summary>Runs lsr-search tradeoff on the animal collection.</summary>
public sealed class TradeoffTests(ToolFixture fixture)
{
    private static readonly string[] All = ["Float32", "BFloat16", "Int8", "Int4"];

    [Fact]
    public async Task Tradeoff_compares_every_precision_with_Float32()
    {
        var output = fixture.GetPath("tradeoff");
        var result = (await RunAsync("--output", output)).Succeeded();
        var rows = ReadCsv(Path.Combine(output, "tradeoff.csv"));
        Assert.Equal(All, rows.Select(row => row["Precision"]));
        foreach (var bytes in new[] { "DiskBytes", "MemoryBytes" })
        {
            Assert.Equal(rows.OrderByDescending(row => Number(row, bytes)), rows);
            Assert.InRange(Number(rows[1], bytes) / Number(rows[0], bytes), 0.49, 0.55); // plus the header of the file
            Assert.InRange(Number(rows[2], bytes) / Number(rows[0], bytes), 0.25, 0.35); // plus a scale per row
        }

        Assert.Equal((1, 1, 1), (
            Number(rows[0], "MeanCosine"), Number(rows[0], "LeastCosine"), Number(rows[0], "TopTermsKept")));
        Assert.All(rows.Skip(1), row => Assert.InRange(Number(row, "MeanCosine"), 0.98, double.BitDecrement(1)));
        Assert.All(rows, row => Assert.InRange(Number(row, "LeastCosine"), 0.9, Number(row, "MeanCosine")));
        // The exported weights are int8 rows already, so Int8 loses almost nothing.
        Assert.InRange(Number(rows[2], "MeanCosine"), 0.9999, double.BitDecrement(1));
        Assert.All(rows, row => Assert.Equal(1, Number(row, "NdcgAt10")));
        Assert.All(rows, row => Assert.Equal(Animals.Count, Number(row, "ComparedDocuments")));
        Assert.All(rows, row => Assert.True(Number(row, "QueryMilliseconds") > 0));
        Assert.Equal(All, result.Rows[0][1..]);
        Assert.Equal(["1.0000", "1.0000", "1.0000", "1.0000"], result.Rows.Single(row => row[0] == "nDCG@10")[1..]);
        Assert.Equal((1500, 460), PngFile.ReadSize(Path.Combine(output, "tradeoff.png")));
    }

    [Fact]
    public async Task Tradeoff_measures_Float32_first_whatever_precisions_are_given()
    {
        var result = (await RunAsync("--precisions", "int8", "float32", "int8", "--top", "3")).Succeeded();
        Assert.Equal(["", "Float32", "Int8"], result.Rows[0]);
        Assert.Equal("100.0 %", result.Rows.Single(row => row[0] == "top 3 terms of Float32 kept")[1]);
    }

    [Fact]
    public async Task Tradeoff_excludes_and_reports_documents_without_terms()
    {
        var collection = fixture.GetPath("animals-and-nothing");
        Animals.WriteCollection(collection);
        File.AppendAllText(Path.Combine(collection, "corpus.jsonl"), Animals.Document("nothing", "", ""));
        var result = (await Tool.Search.RunAsync(
            "tradeoff", "--collection", collection, "--checkpoint", fixture.Exported, "--precisions", "Int8"))
            .Succeeded();
        Assert.Contains("1 documents have no term", result.Output, StringComparison.Ordinal);
        Assert.Equal("1.00000", result.Rows.Single(row => row[0] == "cosine to Float32, min")[1]);
    }

    [Theory]
    [InlineData("--precisions", "int3", "--precisions must be one of Float32, BFloat16, Int8, Int4, not int3")]
    [InlineData("--precisions", "7", "--precisions must be one of Float32, BFloat16, Int8, Int4, not 7")]
    [InlineData("--top", "0", "--top must be at least 1")]
    [InlineData("--split", "dev", "dev.tsv")]
    [InlineData("--device", "tpu", "'tpu'", "cpu, cuda or cuda:n")]
    public async Task Tradeoff_with_an_invalid_option_fails_and_writes_nothing(
        string option, string value, params string[] named)
    {
        var output = fixture.GetPath($"tradeoff-bad{option}-{value}");
        (await RunAsync(option, value, "--output", output)).Failed(named);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public async Task Tradeoff_reports_a_missing_checkpoint_and_writes_nothing()
    {
        string missing = fixture.GetPath("no-checkpoint"), output = fixture.GetPath("tradeoff-of-nothing");
        (await Tool.Search.RunAsync(
            "tradeoff", "--collection", fixture.Collection, "--checkpoint", missing, "--output", output))
            .Failed(missing);
        Assert.False(Directory.Exists(output));
    }

    /// <summary>The last id is longer than Lucene allows, so the run fails after writing a checkpoint.</summary>
    [Fact]
    public async Task Tradeoff_that_fails_deletes_its_temporary_checkpoint()
    {
        string collection = fixture.GetPath("tradeoff-invalid"), temporary = fixture.GetPath("tradeoff-temporary");
        Animals.WriteCollection(collection);
        Animals.WriteCorpus(collection, Animals.Document(new string('x', 40_000), "Unicorn", "honey honey"));
        Directory.CreateDirectory(temporary);
        (await new Tool("lsr-search") { TemporaryFolder = temporary }.RunAsync(
            "tradeoff", "--collection", collection, "--checkpoint", fixture.Exported)).Failed("immense term");
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary));
    }

    [Fact]
    public async Task Tradeoff_does_not_overwrite_an_earlier_result() =>
        (await RunAsync("--output", fixture.Index)).Failed(fixture.Index, "not empty");

    private Task<ToolResult> RunAsync(params string[] options) => Tool.Search.RunAsync(
        ["tradeoff", "--collection", fixture.Collection, "--checkpoint", fixture.Exported, .. options]);

    private static List<IDictionary<string, object>> ReadCsv(string path)
    {
        using var reader = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        return [.. reader.GetRecords<dynamic>().Cast<IDictionary<string, object>>()];
    }

    private static double Number(IDictionary<string, object> row, string column) =>
        double.Parse((string)row[column], CultureInfo.InvariantCulture);
}
