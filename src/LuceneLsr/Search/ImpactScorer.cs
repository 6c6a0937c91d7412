using Lucene.Net.Search;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Search;

/// <summary>Iterates over the matches of an <see cref="ImpactQuery"/> in a segment.</summary>
internal sealed class ImpactScorer(ImpactWeight weight, TermAtATimeEvaluator evaluator) : Scorer(weight)
{
    public override int DocID => evaluator.Document;

    /// <summary>Always 1: the number of matching terms is not counted.</summary>
    public override int Freq => 1;

    public override float GetScore() => evaluator.Score;

    public override int NextDoc() => Advance(evaluator.Document + 1);

    public override int Advance(int target) => evaluator.Advance(target);

    /// <summary>Returns the number of postings to score.</summary>
    public override long GetCost() => evaluator.Cost;
}
