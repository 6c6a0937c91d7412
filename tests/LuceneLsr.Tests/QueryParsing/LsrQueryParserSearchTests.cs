using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Queries;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.QueryParsing;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.QueryParsing;

/// <summary>Hits of parsed queries, scored with <see cref="WordEncoder"/> and an impact factor of 10.</summary>
public sealed class LsrQueryParserSearchTests : IDisposable
{
    private readonly ImpactIndex _index;
    private readonly LsrQueryParser _parser;

    public LsrQueryParserSearchTests()
    {
        var analyzer = new LsrAnalyzer(new WordEncoder(), new ImpactScale(10));
        _index = new(analyzer);
        _parser = new(LuceneVersion.LUCENE_48, "body", analyzer);
        Add("cut", "1961", "cut scenes");
        Add("film", "1965", "film");
        Add("movie", "1972", "movie movie");
        Add("lost", "1969", "lost film shots");
    }

    public void Dispose() => _index.Dispose();

    [Theory]
    [InlineData("cut film", "cut 150, film 125, movie 100, lost 125")]
    [InlineData("film^2", "cut 100, film 250, movie 200, lost 250")]
    [InlineData("cut (film)^2", "cut 200, film 250, movie 200, lost 250")]
    [InlineData("+film shots", "cut 50, film 125, movie 100, lost 225")]
    [InlineData("+film +shots", "lost 225")]
    [InlineData("film AND (cut OR shots)", "cut 150, lost 225")]
    [InlineData("scenes -film", "")]
    [InlineData("film -shots", "cut 50, film 125, movie 100")]
    [InlineData("movie -film", "movie 200")]
    [InlineData("film -(lost shots)", "cut 50, film 125, movie 100")]
    [InlineData("+film +year:[1960 TO 1965]", "cut 51, film 126")]
    [InlineData("film -year:19?2", "cut 50, film 125, lost 125")]
    [InlineData("fil*", "cut 1, film 1, lost 1")]
    [InlineData("nothing", "")]
    [InlineData("the of", "")]
    public void Search_parsed_query_returns_expected_hits(string query, string hits) =>
        Assert.Equal(hits, Format(_index.Search(_parser.Parse(query))));

    [Fact]
    public void Search_with_filter_keeps_scores()
    {
        var searcher = _index.Open();
        var hits = searcher.Search(_parser.Parse("film"), new TermFilter(new Term("year", "1965")), 10);
        Assert.Equal(125, Assert.Single(hits.ScoreDocs).Score);
    }

    /// <summary>The body scores 50 for "film" as "scenes" does, and the heading 10 x 10 + 5 x 5 = 125, times 2.</summary>
    [Fact]
    public void Search_with_field_weights_scores_weighted_sum_of_fields()
    {
        _index.Add(
            "both", new ImpactField("body", "scenes", Field.Store.NO), new ImpactField("heading", "film", Field.Store.NO));
        _parser.FieldWeights["body"] = 1;
        _parser.FieldWeights["heading"] = 2;
        var hits = _index.Search(_parser.Parse("film"));
        Assert.Equal((300f, 125f), (hits["both"], hits["film"]));
        Assert.DoesNotContain("both", _index.Search(_parser.Parse("lost -film")).Keys);
    }

    private static string Format(Dictionary<string, float> hits) => string.Join(
        ", ",
        new[] { "cut", "film", "movie", "lost" }.Where(hits.ContainsKey).Select(id => $"{id} {hits[id]}"));

    private void Add(string id, string year, string text) =>
        _index.Add(id, new StringField("year", year, Field.Store.NO), new ImpactField("body", text, Field.Store.NO));
}
