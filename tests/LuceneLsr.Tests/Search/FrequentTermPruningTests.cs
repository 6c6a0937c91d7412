using Lucene.Net.Analysis.Core;
using LuceneLsr.Documents;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search;

public sealed class FrequentTermPruningTests : IDisposable
{
    private const string Body = ImpactIndex.Body;

    private readonly KeywordAnalyzer _analyzer = new();
    private readonly ImpactIndex _index;

    // 10 postings of "all", 5 of "half" and 1 of each of 5 more terms: 20 of 7 terms, 2.9 on average.
    public FrequentTermPruningTests()
    {
        _index = new ImpactIndex(_analyzer);
        for (var document = 0; document < 10; document++)
        {
            var terms = document % 2 == 0 ? new[] { "all", "half", $"own{document}" } : ["all"];
            _index.Add($"d{document}", new ImpactField(
                Body, new SparseVector(terms.Select(term => new TermWeight(term, 1))), ImpactScale.Identity));
        }
    }

    [Theory]
    [InlineData(1, 0.4f, "own0")] // all and half are frequent, and light
    [InlineData(2, 0.4f, "half own0")] // frequent are terms in at least 5.7 documents
    [InlineData(5, 0.4f, "all half own0")]
    [InlineData(1, 0.3f, "all own0")] // an impact of 4 is not light
    [InlineData(1, 0, "all half own0")]
    public void Apply_drops_terms_that_are_frequent_and_light(float frequencyRatio, float weightRatio, string kept)
    {
        var cache = new ImpactCache(0);
        var query = new ImpactQuery(Body, [new("all", 4), new("half", 2), new("own0", 10)], cache) { Boost = 3 };
        var pruning = new FrequentTermPruning { FrequencyRatio = frequencyRatio, WeightRatio = weightRatio };
        var pruned = pruning.Apply(query, _index.Open().IndexReader);
        Assert.Equal(kept, string.Join(' ', pruned.Terms.Select(term => term.Term)));
        Assert.Equal((Body, cache, 3), (pruned.Field, pruned.Cache, pruned.Boost));
    }

    [Fact]
    public void Apply_keeps_heaviest_term()
    {
        var query = new ImpactQuery(Body, [new("all", 4), new("half", 2)]);
        var pruned = new FrequentTermPruning { FrequencyRatio = 1, WeightRatio = 1 }
            .Apply(query, _index.Open().IndexReader);
        Assert.Equal(["all"], pruned.Terms.Select(term => term.Term));
    }

    [Fact]
    public void Apply_to_field_or_query_without_terms_returns_same_query()
    {
        var reader = _index.Open().IndexReader;
        ImpactQuery unknown = new("other", [new("all", 1)]), empty = new(Body, []);
        Assert.Same(unknown, new FrequentTermPruning().Apply(unknown, reader));
        Assert.Same(empty, new FrequentTermPruning().Apply(empty, reader));
    }

    [Fact]
    public void Setting_out_of_range_throws_naming_property()
    {
        Assert.Equal("FrequencyRatio", GetRejectedProperty(() => new() { FrequencyRatio = 0.5f }));
        Assert.Equal("FrequencyRatio", GetRejectedProperty(() => new() { FrequencyRatio = float.NaN }));
        Assert.Equal("WeightRatio", GetRejectedProperty(() => new() { WeightRatio = 1.1f }));
    }

    public void Dispose()
    {
        _index.Dispose();
        _analyzer.Dispose();
    }

    private static string? GetRejectedProperty(Func<FrequentTermPruning> create) =>
        Assert.Throws<ArgumentOutOfRangeException>(create).ParamName;
}
