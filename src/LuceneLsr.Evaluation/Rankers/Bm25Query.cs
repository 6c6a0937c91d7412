using Lucene.Net.Index;
using Lucene.Net.Search;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>
/// Turns a text into a disjunction of its terms, each boosted by its frequency in the text, as if the clause were
/// repeated.
/// </summary>
internal static class Bm25Query
{
    public static Query Create(string text, string field)
    {
        var terms = EnglishTerms.Analyze(text)
            .CountBy(term => term)
            .Select(count => new TermQuery(new Term(field, count.Key)) { Boost = count.Value });

        // A long text has more terms than a BooleanQuery allows clauses, so clauses are nested.
        return Disjunction.Create(terms.Chunk(BooleanQuery.MaxClauseCount).Select(Disjunction.Create));
    }
}
