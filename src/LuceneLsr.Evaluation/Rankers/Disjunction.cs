using Lucene.Net.Search;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>Creates queries that match the documents of any of several queries.</summary>
internal static class Disjunction
{
    public static BooleanQuery Create(IEnumerable<Query> queries)
    {
        var disjunction = new BooleanQuery();
        foreach (var query in queries)
        {
            disjunction.Add(query, Occur.SHOULD);
        }

        return disjunction;
    }
}
