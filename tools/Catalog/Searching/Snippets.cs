using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Search.Highlight;
using Lucene.Net.Util;
using LuceneLsr.Tools.Catalog.Products;

namespace LuceneLsr.Tools.Catalog.Searching;

/// <summary>Highlights the words of a query string in stored texts.</summary>
internal sealed class Snippets
{
    private const int MaxFragments = 1;

    private static readonly Analyzer Words = new StandardAnalyzer(LuceneVersion.LUCENE_48);

    private readonly Highlighter _highlighter;

    public Snippets(string queryText) => _highlighter = new Highlighter(
        new SimpleHTMLFormatter(), new SimpleHTMLEncoder(),
        new QueryTermScorer([.. FindWords(queryText).Distinct().Select(word => new WeightedTerm(1, word))]));

    /// <summary>Returns the best passage as HTML, or the start of a text without any of the words.</summary>
    public string Create(string text)
    {
        var best = _highlighter.GetBestFragments(
            Words.GetTokenStream(ProductFields.Body, text), text, MaxFragments, separator: " ... ");
        return best.Length > 0 ? best : new SimpleHTMLEncoder().EncodeText(text[..Math.Min(text.Length, 100)]);
    }

    private static IEnumerable<string> FindWords(string text)
    {
        using var tokens = Words.GetTokenStream(ProductFields.Body, text);
        var term = tokens.GetAttribute<ICharTermAttribute>();
        tokens.Reset();
        while (tokens.IncrementToken())
        {
            yield return term.ToString()!;
        }

        tokens.End();
    }
}
