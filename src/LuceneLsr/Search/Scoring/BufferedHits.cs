using Lucene.Net.Search;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// Selects the top hits of a segment, then passes them to Lucene's <see cref="TopScoreDocCollector"/>, best first, and
/// adds the other matches to its number of hits. The collector must be one for the first page.
/// </summary>
internal sealed class BufferedHits : HitCollector
{
    private readonly TopScoreDocCollector _collector;
    private readonly CurrentHit _current;
    private readonly TopHitsCollector _buffer;

    /// <summary>Creates the collector of a segment.</summary>
    /// <param name="collector">Lucene's collector, whose scorer is <paramref name="current"/>.</param>
    /// <param name="current">Has the score of the document that the collector receives.</param>
    public BufferedHits(TopScoreDocCollector collector, CurrentHit current)
    {
        var queue = TopScoreDocCollectorFields.GetQueue(collector);
        var minCompetitiveScore = new MinCompetitiveScore();
        minCompetitiveScore.Raise(queue.Top.Score);
        _buffer = new TopHitsCollector(queue.Count, minCompetitiveScore);
        _collector = collector;
        _current = current;
    }

    public override float Threshold => _buffer.Threshold;

    public override int RequestedHits => _buffer.RequestedHits;

    public override void RaiseThreshold(float score) => _buffer.RaiseThreshold(score);

    public override void RefreshThreshold() => _buffer.RefreshThreshold();

    public override void Add(int document, float score) => _buffer.Add(document, score);

    public override void Skip(int matches) => _buffer.Skip(matches);

    public override void Complete()
    {
        var best = _buffer.SelectBest();
        foreach (var hit in best)
        {
            _current.Set(hit.Document, hit.Score);
            _collector.Collect(hit.Document);
        }

        TopScoreDocCollectorFields.AddTotalHits(_collector, _buffer.TotalHits - best.Length);
    }
}
