using LuceneLsr.Evaluation.Sweeps;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Evaluation.Tests.Sweeps;

public sealed class SweepGridTests
{
    [Fact]
    public void Grid_is_the_union_of_products_without_duplicates_and_with_the_default() => Assert.Equal(
        [
            "default", "document-terms 64, query-terms 8", "query-terms 8", "document-terms 64, query-terms 16",
            "query-terms 16", "impact-bits 4",
        ],
        Read("""
            [
              { "query-terms": [8, 16, 8], "document-terms": [64, "none"] },
              { "impact-bits": [4, "4"] },
              { "query-terms": ["8"] },
              {}
            ]
            """).Select(point => point.Name));

    [Fact]
    public void Default_grid_has_at_least_40_points() =>
        Assert.InRange(SweepGrid.Default.Select(point => point.Name).Distinct().Count(), 40, SweepGrid.Default.Count);

    [Theory]
    [InlineData("[]", "The grid is empty.")]
    [InlineData("null", "The grid is empty.")]
    [InlineData("[{\"query-terms\": [8], \"query-terms\": [16]}]", "Duplicate propert")]
    [InlineData("{}", "JSON")]
    [InlineData("[{\"query-terms\": 8}]", "JSON")]
    [InlineData("[{\"query-terms\": []}]", "query-terms has no value")]
    [InlineData("[{\"query-terms\": null}]", "query-terms has no value")]
    [InlineData("[{\"query-terms\": [true]}]", "true is not a number or a string")]
    [InlineData("[{\"query-min-mass\": [NaN]}]", "'N' is an invalid")]
    [InlineData("[{\"query-min-mass\": [\"NaN\"]}]", "query-min-mass must be above 0 and up to 1 or none, not 'NaN'")]
    [InlineData("[{\"terms\": [1]}]", "There is no dial 'terms'")]
    [InlineData("[{\"rescored\": [50], \"bm25-weight\": [1]}]", "rescored cannot be combined with bm25-weight")]
    [InlineData("[{\"rescored\": [50], \"feedback-documents\": [1]}]", "rescored cannot be combined")]
    [InlineData("[{\"light-ratio\": [0.2]}]", "light-ratio needs frequency-ratio")]
    [InlineData("[{\"feedback-weight\": [0.2]}]", "need feedback-documents")]
    public void File_that_is_not_valid_is_rejected_naming_it(string json, string expected)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Read(json));
        Assert.Contains("grid.json: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Grid_with_too_many_points_is_rejected()
    {
        string[] many = [.. Enumerable.Range(1, 200).Select(value => $"{value}")];
        var product = new Dictionary<string, IReadOnlyList<string>> { ["query-terms"] = many, ["document-terms"] = many };
        Assert.Contains(
            "more than 10000 points", Assert.Throws<ArgumentException>(() => SweepGrid.Create([product])).Message,
            StringComparison.Ordinal);
    }

    private static IReadOnlyList<SweepPoint> Read(string json)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "grid.json");
        File.WriteAllText(path, json);
        return SweepGrid.Read(path);
    }
}
