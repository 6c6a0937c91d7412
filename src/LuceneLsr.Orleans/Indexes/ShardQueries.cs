using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Search;

namespace LuceneLsr.Orleans.Indexes;

/// <summary>Converts the queries and filters of messages to those of Lucene.</summary>
internal static class ShardQueries
{
    /// <summary>Creates the query.</summary>
    public static ImpactQuery CreateQuery(ImpactTerms terms, SearchBudget budget) =>
        new(ShardFields.Impacts, terms.Enumerate()) { Budget = budget };

    /// <summary>Creates a filter that requires all filters, or returns null if there are none.</summary>
    public static Filter? CreateFilter(IReadOnlyCollection<TermFilter> filters)
    {
        if (filters.Count == 0)
        {
            return null;
        }

        var all = new BooleanQuery();
        foreach (var filter in filters)
        {
            var any = new BooleanQuery();
            foreach (var value in filter.Values.Distinct())
            {
                any.Add(new TermQuery(new Term(filter.Field, value)), Occur.SHOULD);
            }

            all.Add(any, Occur.MUST);
        }

        return new QueryWrapperFilter(all);
    }
}
