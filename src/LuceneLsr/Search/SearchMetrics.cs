using System.Diagnostics.Metrics;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Search;

/// <summary>Measures searches with the meter "LuceneLsr".</summary>
internal static class SearchMetrics
{
    private static readonly Meter Meter = new("LuceneLsr");

    private static readonly Counter<long> Postings = Meter.CreateCounter<long>(
        "lucenelsr.search.postings", "{posting}", "Postings of the terms of impact queries in the segments searched.");

    /// <summary>Counts the postings of a query in a segment, if somebody listens.</summary>
    public static void CountPostings(string field, List<(int Term, PostingCursor Cursor)> postings)
    {
        if (Postings.Enabled)
        {
            Postings.Add(
                postings.Sum(posting => (long)posting.Cursor.Count),
                new KeyValuePair<string, object?>("lucenelsr.field", field));
        }
    }
}
