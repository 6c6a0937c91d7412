using Lucene.Net.Search;
using LuceneLsr.Search;
using LuceneLsr.Search.Fusion;

namespace LuceneLsr.Highlighting;

/// <summary>The learned terms of a Lucene query.</summary>
public static class QueryTerms
{
    /// <summary>
    /// Collects the terms of all impact queries on a field inside a query, with their impacts times boosts and weights,
    /// without those that it excludes.
    /// </summary>
    /// <param name="query">The query, such as the one that a parser returned.</param>
    /// <param name="field">The field that holds the impacts.</param>
    public static SparseVector Collect(Query query, string field)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(field);
        return new(FindTerms(query, field, boost: 1)
            .GroupBy(term => term.Term, StringComparer.Ordinal)
            .Select(group => new TermWeight(group.Key, group.Sum(term => term.Weight))));
    }

    private static IEnumerable<TermWeight> FindTerms(Query query, string field, float boost) => query switch
    {
        ImpactQuery learned when learned.Field == field => learned.Terms.Select(
            term => new TermWeight(term.Term, boost * learned.Boost * term.Impact)),
        BooleanQuery group => group.Clauses.Where(clause => !clause.IsProhibited)
            .SelectMany(clause => FindTerms(clause.Query, field, boost * group.Boost)),
        HybridQuery hybrid => hybrid.Parts
            .SelectMany(part => FindTerms(part.Query, field, boost * hybrid.Boost * part.Weight)),
        DisjunctionMaxQuery group => group.SelectMany(clause => FindTerms(clause, field, boost * group.Boost)),
        FilteredQuery filtered => FindTerms(filtered.Query, field, boost * filtered.Boost),
        _ => [], // keywords of other fields
    };
}
