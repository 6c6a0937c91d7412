using Lucene.Net.Search;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Search;

/// <summary>Passes the matches of an <see cref="ImpactQuery"/> in a segment to any collector.</summary>
internal sealed class ImpactBulkScorer(ImpactWeight weight, TermAtATimeEvaluator evaluator) : BulkScorer
{
    private readonly CurrentHit _current = new(weight);

    public override bool Score(ICollector collector, int max)
    {
        collector.SetScorer(_current);
        return evaluator.Collect(CreateHits(collector), max);
    }

    private HitCollector CreateHits(ICollector collector) => collector switch
    {
        TopScoreDocCollector top when TopScoreDocCollectorFields.Exist =>
            TopScoreDocCollectorFields.IsFirstPage(top)
                ? new BufferedHits(top, _current)
                : new CompetitiveHits(top, _current),
        _ => new AllHits(collector, _current),
    };
}
