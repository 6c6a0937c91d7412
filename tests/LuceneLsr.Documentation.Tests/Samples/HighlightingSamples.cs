using Lucene.Net.Search;
using Lucene.Net.Search.Highlight;
using LuceneLsr.Highlighting;
using LuceneLsr.Search;

namespace LuceneLsr.Documentation.Tests.Samples;

/// <summary>The samples of docs/highlighting.md.</summary>
internal static class HighlightingSamples
{
    public static void Passages(
        ISourceEncoder encoder, ImpactScale scale, Query query, IReadOnlyList<string> texts)
    {
        // <sample>
        var highlighter = new ImpactHighlighter(encoder, scale);
        var formatter = new PassageFormatter { StartTag = "<em>", EndTag = "</em>" };
        var passages = highlighter.FindPassages(texts, QueryTerms.Collect(query, "body")); // of all hits of a page
        foreach (var (text, found) in texts.Zip(passages))
        {
            Console.WriteLine(formatter.Format(text, found));
        }
        // </sample>
    }

    public static void Words(ISourceEncoder encoder, ImpactScale scale, Query query, string text)
    {
        // <sample>
        foreach (var word in new ImpactHighlighter(encoder, scale).FindWords(text, QueryTerms.Collect(query, "body")))
        {
            Console.WriteLine($"{word.Range.GetText(text)}: {word.Share:P0}, {string.Join(", ", word.Terms)}");
        }
        // </sample>
    }

    public static void LuceneHighlighter(ISourceEncoder encoder, ImpactQuery query, string text)
    {
        // <sample>
        var sourced = encoder.EncodeWithSources([text], TextSide.Document)[0];
        var highlighter = new Highlighter(new QueryScorer(BooleanImpactQuery.Create(query)));
        Console.WriteLine(highlighter.GetBestFragment(new SourceTokenStream(sourced), text));
        // </sample>
    }
}
