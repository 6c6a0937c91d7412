using Lucene.Net.Search;

namespace LuceneLsr.Search.Scoring;

/// <summary>Passes all matches to a collector.</summary>
/// <param name="collector">The collector, whose scorer is <paramref name="current"/>.</param>
/// <param name="current">Has the score of the document that the collector receives.</param>
internal sealed class AllHits(ICollector collector, CurrentHit current) : HitCollector
{
    public override void Add(int document, float score)
    {
        current.Set(document, score);
        collector.Collect(document);
    }

    public override void Skip(int matches) => throw new NotSupportedException("No match is below the threshold.");
}
