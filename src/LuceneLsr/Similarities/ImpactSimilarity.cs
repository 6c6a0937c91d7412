using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;
using LuceneLsr.Search;

namespace LuceneLsr.Similarities;

/// <summary>
/// The dot product of learned sparse retrieval: a term's score is its query weight (the boost) times its impact
/// (the term frequency), and a query's score is the sum. Collection statistics and norms play no part.
/// </summary>
/// <remarks>
/// Lucene scores are floats: with integer query weights a score is exact up to 2^24 = 16,777,216
/// and rounded to 24 significant bits above.
/// </remarks>
public sealed class ImpactSimilarity : Similarity
{
    /// <summary>A constant; norms are never read.</summary>
    public override long ComputeNorm(FieldInvertState state) => 1;

    /// <inheritdoc/>
    public override SimWeight ComputeWeight(
        float queryBoost, CollectionStatistics collectionStats, params TermStatistics[] termStats)
    {
        ArgumentNullException.ThrowIfNull(collectionStats);
        var terms = termStats.Select(statistics => Term.ToString(statistics.Term));
        return new QueryWeight($"{collectionStats.Field}:{string.Join(' ', terms)}", queryBoost);
    }

    /// <inheritdoc/>
    public override SimScorer GetSimScorer(SimWeight weight, AtomicReaderContext context)
    {
        var query = (QueryWeight)weight;
        return new ImpactScorer(query.Term, query.Value);
    }

    /// <summary>Explains a term's score by its factors.</summary>
    internal static Explanation ExplainProduct(string term, float weight, float impact)
    {
        var product = new Explanation(weight * impact, $"impact score of {term}, product of:");
        product.AddDetail(new Explanation(weight, "query weight"));
        product.AddDetail(new Explanation(impact, "impact (term frequency)"));
        return product;
    }

    private sealed class QueryWeight(string term, float boost) : SimWeight
    {
        private float _topLevelBoost = 1;

        public string Term => term;

        public float Value => boost * _topLevelBoost;

        public override float GetValueForNormalization() => boost * boost;

        // The query norm of a similarity beside this one must not change a dot product.
        public override void Normalize(float queryNorm, float topLevelBoost) => _topLevelBoost = topLevelBoost;
    }

    private sealed class ImpactScorer(string term, float weight) : SimScorer
    {
        public override float Score(int doc, float freq) => weight * freq;

        // Impacts have no positions; a phrase on a positional field counts its matches unweighted.
        public override float ComputeSlopFactor(int distance) => 1;

        public override float ComputePayloadFactor(int doc, int start, int end, BytesRef payload) => 1;

        public override Explanation Explain(int doc, Explanation freq) => ExplainProduct(term, weight, freq.Value);
    }
}
