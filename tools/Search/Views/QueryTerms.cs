using Lucene.Net.Search;
using LuceneLsr.Search;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>The learned terms of a Lucene query.</summary>
internal static class QueryTerms
{
    /// <summary>Collects the weighted terms that a query searches in a field, without those that it excludes.</summary>
    public static SparseVector Collect(Query query, string field) => new(Clauses(query, field, boost: 1)
        .GroupBy(term => term.Term, StringComparer.Ordinal)
        .Select(group => new TermWeight(group.Key, group.Sum(term => term.Weight))));

    private static IEnumerable<TermWeight> Clauses(Query query, string field, float boost) => query switch
    {
        ImpactQuery learned when learned.Field == field => learned.Terms.Select(
            term => new TermWeight(term.Term, boost * learned.Boost * term.Impact)),
        BooleanQuery group => group.Clauses.Where(clause => !clause.IsProhibited)
            .SelectMany(clause => Clauses(clause.Query, field, boost * group.Boost)),
        _ => [], // keywords of other fields
    };
}
