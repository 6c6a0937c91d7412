using System.Diagnostics.Metrics;
using Lucene.Net.Analysis.Core;
using LuceneLsr.Documents;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search;

public sealed class SearchMetricsTests
{
    private const string Field = "a field that no other test searches";

    /// <summary>"x" has 3 postings, "y" 1, and "z" none. Documents are in two segments.</summary>
    [Fact]
    public void Search_counts_the_postings_of_the_query_by_field()
    {
        using var index = new ImpactIndex(new KeywordAnalyzer());
        index.Add("d1", Impacts(("x", 1), ("y", 2), ("w", 1)));
        index.Add("d2", Impacts(("x", 1)));
        index.Writer.Commit();
        index.Add("d3", Impacts(("x", 4), ("w", 2)));
        var searcher = index.Open();
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: "LuceneLsr", Name: "lucenelsr.search.postings" })
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (tags.Contains(new KeyValuePair<string, object?>("lucenelsr.field", Field)))
            {
                counted += count;
            }
        });
        listener.Start();
        var query = new ImpactQuery(Field, [new("x", 1), new("y", 1), new("z", 1)]);
        searcher.Search(query, 10);
        Assert.Equal(4, counted);
        new ImpactSearcher(searcher.IndexReader).Search(query, 10);
        Assert.Equal(8, counted);
    }

    private static ImpactField Impacts(params (string Term, int Impact)[] impacts) => new(
        Field, new SparseVector(impacts.Select(impact => new TermWeight(impact.Term, impact.Impact))), ImpactScale.Identity);
}
