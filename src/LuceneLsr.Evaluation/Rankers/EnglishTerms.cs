using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>The terms of Lucene's English analyzer: Porter stems without stop words.</summary>
internal static class EnglishTerms
{
    /// <summary>The analyzer, which may be used from several threads.</summary>
    public static readonly EnglishAnalyzer Analyzer = new(LuceneVersion.LUCENE_48);

    /// <summary>Gets the terms of a text in order, repetitions included.</summary>
    public static List<string> Analyze(string text)
    {
        var terms = new List<string>();
        using var stream = Analyzer.GetTokenStream(fieldName: "", text);
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
