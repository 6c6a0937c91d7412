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
    public static List<string> Analyze(string text) => FindWords(text).ConvertAll(word => word.Term);

    /// <summary>Gets the terms of a text in order, and the word of each.</summary>
    public static List<(string Term, TextRange Range)> FindWords(string text)
    {
        var terms = new List<(string, TextRange)>();
        using var stream = Analyzer.GetTokenStream(fieldName: "", text);
        var term = stream.GetAttribute<ICharTermAttribute>();
        var offset = stream.GetAttribute<IOffsetAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            terms.Add((term.ToString(), new(offset.StartOffset, offset.EndOffset - offset.StartOffset)));
        }

        stream.End();
        return terms;
    }
}
