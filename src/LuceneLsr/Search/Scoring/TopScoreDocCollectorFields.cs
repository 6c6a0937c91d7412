using System.Runtime.CompilerServices;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace LuceneLsr.Search.Scoring;

/// <summary>Fields of Lucene's <see cref="TopScoreDocCollector"/> that are not public.</summary>
internal static class TopScoreDocCollectorFields
{
    private static readonly Type[] FirstPageTypes =
        [.. new[] { true, false }.Select(isInOrder => TopScoreDocCollector.Create(1, isInOrder).GetType())];

    /// <summary>Gets whether this version of Lucene.NET has the fields.</summary>
    public static bool Exist { get; } = FindAll();

    /// <summary>Returns whether a collector collects the first page, not the hits after another one.</summary>
    public static bool IsFirstPage(TopScoreDocCollector collector) =>
        FirstPageTypes.Contains(collector.GetType());

    /// <summary>
    /// Gets the queue of the best hits, the worst of them at the top. A place that is not taken has a score of negative
    /// infinity.
    /// </summary>
    public static PriorityQueue<ScoreDoc> GetQueue(TopScoreDocCollector collector) =>
        Fields<ScoreDoc>.GetQueue(collector);

    /// <summary>Adds to the number of hits.</summary>
    public static void AddTotalHits(TopScoreDocCollector collector, int count) =>
        Fields<ScoreDoc>.GetTotalHits(collector) += count;

    private static bool FindAll()
    {
        try
        {
            var collector = TopScoreDocCollector.Create(1, docsScoredInOrder: true);
            AddTotalHits(collector, GetQueue(collector).Count);
            return collector.TotalHits == 1;
        }
        catch (MissingFieldException)
        {
            return false;
        }
    }

    // The runtime finds a field of a generic class only from another generic class.
    private static class Fields<T>
        where T : ScoreDoc
    {
        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_pq")]
        public static extern ref PriorityQueue<T> GetQueue(TopDocsCollector<T> collector);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_totalHits")]
        public static extern ref int GetTotalHits(TopDocsCollector<T> collector);
    }
}
