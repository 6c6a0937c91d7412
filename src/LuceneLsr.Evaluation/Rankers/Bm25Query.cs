using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>
/// Turns a text into a disjunction of its terms, each boosted by its frequency in the text, as if the clause were
/// repeated.
/// </summary>
internal static class Bm25Query
{
    public static Query Create(string text, string field, Analyzer analyzer)
    {
        var terms = Analyze(text, field, analyzer)
            .CountBy(term => term)
            .Select(count => new TermQuery(new Term(field, count.Key)) { Boost = count.Value });

        // A long text has more terms than a BooleanQuery allows clauses, so clauses are nested.
        return Disjunction.Create(terms.Chunk(BooleanQuery.MaxClauseCount).Select(Disjunction.Create));
    }

    private static List<string> Analyze(string text, string field, Analyzer analyzer)
    {
        var terms = new List<string>();
        using var stream = analyzer.GetTokenStream(field, text);
        var term = stream.GetAttribute<ICharTermAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            terms.Add(term.ToString());
        }

        stream.End();
        return terms;
    }
}
