using Lucene.Net.Index;
using Lucene.Net.Search;

namespace LuceneLsr.Search;

/// <summary>Creates learned queries from Lucene's own term queries.</summary>
public static class BooleanImpactQuery
{
    /// <summary>
    /// Creates a query that matches the documents with at least one of the vector's terms. Under
    /// <see cref="Similarities.ImpactSimilarity"/> its score is the sum over the terms of query impact x document
    /// impact. A query with more terms than <see cref="BooleanQuery.MaxClauseCount"/> is nested in groups, and the sum
    /// of each group is rounded to a float.
    /// </summary>
    /// <param name="field">The field that holds the impacts.</param>
    /// <param name="vector">The query vector. A vector without terms gives a query that matches nothing.</param>
    /// <param name="scale">Converts query weights to impacts. Terms whose impact is 0 are left out.</param>
    public static BooleanQuery Create(string field, SparseVector vector, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(scale);
        return CreateSum([.. scale.Quantize(vector).Select(impact => CreateTermQuery(field, impact))]);
    }

    /// <summary>
    /// Creates a query of the same terms, for code that knows only Lucene's own queries, such as highlighters.
    /// </summary>
    /// <param name="query">The query.</param>
    public static BooleanQuery Create(ImpactQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var sum = CreateSum([.. query.Terms.Select(impact => CreateTermQuery(query.Field, impact))]);
        sum.Boost = query.Boost;
        return sum;
    }

    private static Query CreateTermQuery(string field, TermImpact impact) =>
        new TermQuery(new Term(field, impact.Term)) { Boost = impact.Impact };

    // Nests groups instead of raising the clause limit, which is static and affects the whole process.
    private static BooleanQuery CreateSum(Query[] queries)
    {
        // Groups of one would nest forever.
        var groupSize = Math.Max(2, BooleanQuery.MaxClauseCount);
        while (queries.Length > groupSize)
        {
            queries = [.. queries.Chunk(groupSize).Select(CreateDisjunction)];
        }

        return CreateDisjunction(queries);
    }

    private static BooleanQuery CreateDisjunction(Query[] queries)
    {
        var disjunction = new BooleanQuery(disableCoord: true);
        foreach (var query in queries)
        {
            disjunction.Add(query, Occur.SHOULD);
        }

        return disjunction;
    }
}
