using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace LuceneLsr.Search.Fusion;

/// <summary>The <see cref="Weight"/> of a <see cref="HybridQuery"/>.</summary>
internal sealed class HybridWeight(HybridQuery query, IndexSearcher searcher) : Weight
{
    private readonly (Weight Weight, float Factor)[] _parts =
        [.. query.Parts.Select(part => (searcher.CreateNormalizedWeight(part.Query), part.Weight))];

    private float _boost = query.Boost;

    public override Query Query => query;

    // The parts are normalized one by one, as if each were searched alone.
    public override float GetValueForNormalization() => 0;

    public override void Normalize(float norm, float topLevelBoost) => _boost = topLevelBoost * query.Boost;

    public override Scorer? GetScorer(AtomicReaderContext context, IBits? acceptDocs)
    {
        var scorers = new List<(Scorer, float)>();
        foreach (var (weight, factor) in _parts)
        {
            if (weight.GetScorer(context, acceptDocs) is { } scorer)
            {
                scorers.Add((scorer, factor * _boost));
            }
        }

        return scorers.Count == 0 ? null : new HybridScorer(this, [.. scorers]);
    }

    public override Explanation Explain(AtomicReaderContext context, int doc)
    {
        Explanation[] parts = [.. _parts
            .Select(part => (Score: part.Weight.Explain(context, doc), part.Factor))
            .Where(part => part.Score.IsMatch)
            .Select(part => ExplainPart(part.Score, part.Factor * _boost))];
        return Explanations.Sum(parts, "no matching query");
    }

    private static Explanation ExplainPart(Explanation score, float factor)
    {
        var product = new Explanation(score.Value * factor, "product of:");
        product.AddDetail(new Explanation(factor, "weight"));
        product.AddDetail(score);
        return product;
    }
}
