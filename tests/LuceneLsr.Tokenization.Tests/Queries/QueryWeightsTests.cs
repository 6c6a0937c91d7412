using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Tokenization.Tests.Queries;

public sealed class QueryWeightsTests : IDisposable
{
    private static readonly TermVocabulary Terms = new(["film", "über", null, "p53"]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_then_Load_returns_equal_weights() =>
        Gen.Dictionary(Gen.String[Gen.Char["ab \t\"#é漢"], 1, 4], Gen.Float[0, float.MaxValue])[0, 6]
            .Sample(weights =>
            {
                new QueryWeights(weights.Select(entry => new TermWeight(entry.Key, entry.Value))).Save(_folder.Path);
                var again = QueryWeights.Load(_folder.Path, new TermVocabulary(weights.Keys));
                Assert.All(weights, entry => Assert.Equal(entry.Value, again[entry.Key]));
            }, iter: 100, threads: 1);

    [Fact]
    public void Save_writes_one_line_per_term_by_falling_weight()
    {
        new QueryWeights([new("über", 0.5f), new("film", 2), new("p53", 0)]).Save(_folder.Path);
        Assert.Equal("film\t2\nüber\t0.5\n"u8, File.ReadAllBytes(_folder.File(QueryWeights.FileName)));
    }

    [Fact]
    public void Load_term_without_line_has_weight_zero()
    {
        _folder.Write(QueryWeights.FileName, "film\t1.5\r\np53\t0");
        var weights = QueryWeights.Load(_folder.Path, Terms);
        Assert.Equal([1.5f, 0, 0, 0], new[] { "film", "p53", "über", "movie" }.Select(term => weights[term]));
    }

    [Theory]
    [InlineData("film")]
    [InlineData("film 1")]
    [InlineData("film\t")]
    [InlineData("film\tone")]
    [InlineData("film\t1,5")]
    [InlineData("film\t-1")]
    [InlineData("film\tNaN")]
    [InlineData("film\tInfinity")]
    [InlineData("film\t1e39")]
    [InlineData("film\t1\t")]
    [InlineData("\t1")]
    [InlineData("")]
    [InlineData("movie\t1", "'movie' is not in the checkpoint's terms.txt")]
    [InlineData("Film\t1", "'Film' is not in the checkpoint's terms.txt")]
    [InlineData("über\t1", "duplicate term 'über'")]
    public void Load_malformed_line_throws_naming_line(
        string line, string problem = "expected a term, a tab and a weight of at least 0")
    {
        var path = _folder.WriteLines(QueryWeights.FileName, "über\t1", line, "p53\t1");
        var error = Assert.Throws<CheckpointException>(() => QueryWeights.Load(_folder.Path, Terms));
        Assert.StartsWith($"{path}, line 2: {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_missing_file_throws_naming_alternatives()
    {
        var error = Assert.Throws<CheckpointException>(() => QueryWeights.Load(_folder.Path, Terms));
        Assert.StartsWith($"{_folder.File(QueryWeights.FileName)}: file not found.", error.Message,
            StringComparison.Ordinal);
        Assert.Contains("IDF weights from the index", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("film", -1)]
    [InlineData("film", float.NaN)]
    [InlineData("", 1)]
    [InlineData("über", 1)]
    public void Create_with_invalid_weight_or_term_throws(string term, float weight) =>
        Assert.Throws<ArgumentException>(() => new QueryWeights([new("über", 1), new(term, weight)]));
}
