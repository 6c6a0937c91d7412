using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Search;

/// <summary>The matches of an <see cref="ImpactQuery"/> in a segment, without those that are not accepted.</summary>
internal sealed class ImpactScorer(ImpactWeight weight, TermAtATimeEvaluator scores, IBits? accepted) : Scorer(weight)
{
    public override int DocID => scores.Document;

    /// <summary>1: how many of the terms match is not counted.</summary>
    public override int Freq => 1;

    public override float GetScore() => scores.Score;

    public override int NextDoc() => Advance(scores.Document + 1);

    public override int Advance(int target)
    {
        while (scores.Advance(target) != NO_MORE_DOCS && accepted?.Get(scores.Document) == false)
        {
            target = scores.Document + 1;
        }

        return scores.Document;
    }

    /// <summary>The postings to add up.</summary>
    public override long GetCost() => scores.Cost;
}
