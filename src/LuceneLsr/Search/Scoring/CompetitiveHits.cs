using Lucene.Net.Search;
using Lucene.Net.Util;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// Passes to Lucene's <see cref="TopScoreDocCollector"/> only the matches that may enter its queue, and adds the others
/// to its number of hits.
/// </summary>
/// <param name="collector">The collector, whose scorer is <paramref name="current"/>.</param>
/// <param name="current">Has the score of the document that the collector receives.</param>
internal sealed class CompetitiveHits(TopScoreDocCollector collector, CurrentHit current) : HitCollector
{
    private readonly PriorityQueue<ScoreDoc> _queue = TopScoreDocCollectorFields.GetQueue(collector);

    // A document with the same score as the worst hit may win against it; only the collector knows.
    public override float Threshold => float.BitDecrement(_queue.Top.Score);

    public override void Add(int document, float score)
    {
        current.Set(document, score);
        collector.Collect(document);
    }

    public override void Skip(int matches) => TopScoreDocCollectorFields.AddTotalHits(collector, matches);
}
