using Lucene.Net.Index;
using Lucene.Net.Search;

namespace LuceneLsr.Search;

/// <summary>Learned queries made of Lucene's own term queries.</summary>
public static class BooleanImpactQuery
{
    /// <summary>
    /// A query that matches the documents with at least one of the vector's terms and, under
    /// <see cref="Similarities.ImpactSimilarity"/>, scores the sum over its terms of query impact x document impact.
    /// It may have more terms than <see cref="BooleanQuery.MaxClauseCount"/>; these are grouped then, and each group's
    /// sum is rounded to a float.
    /// </summary>
    /// <param name="field">The field that holds the impacts.</param>
    /// <param name="vector">The query's vector; one without terms gives a query that matches nothing.</param>
    /// <param name="scale">Turns the query's weights into impacts; terms that round to 0 are left out.</param>
    public static BooleanQuery Create(string field, SparseVector vector, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(scale);
        return Sum([.. scale.Quantize(vector).Select(impact => TermQuery(field, impact))]);
    }

    private static Query TermQuery(string field, TermImpact impact) =>
        new TermQuery(new Term(field, impact.Term)) { Boost = impact.Impact };

    // The limit is a static of the whole process, so it is kept: groups nest as deep as they must.
    private static BooleanQuery Sum(Query[] queries)
    {
        // Groups of one would nest for ever.
        var groupSize = Math.Max(2, BooleanQuery.MaxClauseCount);
        while (queries.Length > groupSize)
        {
            queries = [.. queries.Chunk(groupSize).Select(Disjunction)];
        }

        return Disjunction(queries);
    }

    private static BooleanQuery Disjunction(Query[] queries)
    {
        var disjunction = new BooleanQuery(disableCoord: true);
        foreach (var query in queries)
        {
            disjunction.Add(query, Occur.SHOULD);
        }

        return disjunction;
    }
}
