using Lucene.Net.Index;
using Lucene.Net.Search;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>
/// Turns a text into a disjunction of its terms, each boosted by its frequency in the text, as if the clause were
/// repeated.
/// </summary>
internal static class Bm25Query
{
    /// <summary>Creates the disjunction. A long text has more terms than a BooleanQuery allows, so it is nested.</summary>
    public static Query Create(string text, string field) => Disjunction.Create(
        CreateClauses(text, field).Chunk(BooleanQuery.MaxClauseCount).Select(Disjunction.Create));

    /// <summary>Creates the clause of each distinct term.</summary>
    public static IEnumerable<TermQuery> CreateClauses(string text, string field) => EnglishTerms.Analyze(text)
        .CountBy(term => term)
        .Select(count => new TermQuery(new Term(field, count.Key)) { Boost = count.Value });
}
