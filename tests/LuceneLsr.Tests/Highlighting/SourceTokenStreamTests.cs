using Lucene.Net.Search.Highlight;
using LuceneLsr.Highlighting;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Highlighting;

public class SourceTokenStreamTests
{
    private const string Text = "A <b>film</b> of a feline. And then the sun, the rain & a dog.";

    private static readonly ImpactQuery Query = new("body", [new("movie", 20), new("cat", 10), new("cinema", 1)]);

    [Fact]
    public void Lucene_highlighter_marks_source_words()
    {
        using var stream = CreateStream();
        var highlighter = new Highlighter(
            new SimpleHTMLFormatter("<i>", "</i>"), new SimpleHTMLEncoder(),
            new QueryScorer(BooleanImpactQuery.Create(Query)))
        {
            TextFragmenter = new NullFragmenter(),
        };
        Assert.Equal(
            "A &lt;b&gt;<i>film</i>&lt;&#x2F;b&gt; of a <i>feline</i>. And then the sun, the rain &amp; a dog.",
            highlighter.GetBestFragment(stream, Text));
    }

    [Fact]
    public void Lucene_highlighter_scores_fragments_by_impacts()
    {
        using var stream = CreateStream();
        var highlighter = new Highlighter(new QueryScorer(BooleanImpactQuery.Create(Query)))
        {
            TextFragmenter = new SimpleFragmenter(30),
        };
        var best = highlighter.GetBestTextFragments(stream, Text, mergeContiguousFragments: false, maxNumFragments: 2);
        Assert.Equal(31, best[0].Score);
    }

    [Fact]
    public void Stream_can_be_consumed_twice_and_ascends()
    {
        using var stream = CreateStream();
        Assert.Equal(Read(stream), Read(stream));
    }

    private static List<string> Read(SourceTokenStream stream)
    {
        var tokens = new List<string>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            tokens.Add(stream.ReflectAsString(prependAttClass: false));
        }

        stream.End();
        return tokens;
    }

    private static SourceTokenStream CreateStream()
    {
        using var encoder = new WordSourceEncoder();
        return new(encoder.EncodeWithSources([Text], TextSide.Document)[0]);
    }
}
