using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;

namespace LuceneLsr.Similarities;

/// <summary>
/// Scores by the dot product, as learned sparse retrieval does: a term's score is its query weight (the boost) times
/// its impact (the term frequency), and a query's score is the sum. Collection statistics and norms are ignored.
/// </summary>
/// <remarks>
/// Lucene scores are floats. With integer query weights, a score is exact up to 2^24 = 16,777,216 and rounded to 24
/// significant bits above that.
/// </remarks>
public sealed class ImpactSimilarity : Similarity
{
    /// <summary>Returns a constant, because norms are never read.</summary>
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
        return new ImpactSimScorer(query.Term, query.Value);
    }

    /// <summary>
    /// Explains a term's score as the product of its weight and impact, and how these came about if that is not usual.
    /// </summary>
    internal static Explanation ExplainProduct(
        string term, float weight, float impact, string weightNote = "", string impactNote = "")
    {
        var product = new Explanation(weight * impact, $"impact score of {term}, product of:");
        product.AddDetail(new Explanation(weight, $"query weight{weightNote}"));
        product.AddDetail(new Explanation(impact, $"impact (term frequency){impactNote}"));
        return product;
    }

    private sealed class QueryWeight(string term, float boost) : SimWeight
    {
        private float _topLevelBoost = 1;

        public string Term => term;

        public float Value => boost * _topLevelBoost;

        // Adds nothing to the query norm of a combined similarity, which would scale down clauses on other fields, and
        // ignores the norm, which must not change a dot product.
        public override float GetValueForNormalization() => 0;

        public override void Normalize(float queryNorm, float topLevelBoost) => _topLevelBoost = topLevelBoost;
    }

    private sealed class ImpactSimScorer(string term, float weight) : SimScorer
    {
        public override float Score(int doc, float freq) => weight * freq;

        // Impacts have no positions. On a field with positions, a phrase counts its matches unweighted.
        public override float ComputeSlopFactor(int distance) => 1;

        public override float ComputePayloadFactor(int doc, int start, int end, BytesRef payload) => 1;

        public override Explanation Explain(int doc, Explanation freq) => ExplainProduct(term, weight, freq.Value);
    }
}
