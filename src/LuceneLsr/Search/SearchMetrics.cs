using System.Diagnostics.Metrics;

namespace LuceneLsr.Search;

/// <summary>Measures searches with the meter "LuceneLsr".</summary>
internal static class SearchMetrics
{
    private static readonly Meter Meter = new("LuceneLsr");

    private static readonly Counter<long> Postings = Meter.CreateCounter<long>(
        "lucenelsr.search.postings", "{posting}", "Postings of the terms of impact queries in the segments searched.");

    /// <summary>Counts the postings of a query in a segment.</summary>
    public static void CountPostings(string field, long count) =>
        Postings.Add(count, new KeyValuePair<string, object?>("lucenelsr.field", field));
}
