using CsCheck;
using LuceneLsr.Highlighting;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Highlighting;

public class ImpactHighlighterTests
{
    private static readonly ImpactScale Scale = new(10);
    private static readonly SparseVector Query = new([new("movie", 20), new("cat", 10), new("cinema", 2)]);

    private static readonly string[] Words =
        ["film", "cat", "dog", "movie", "sun", "<b>", "&", "😀", "שלום", ".", "! ", " ", "\n\n"];

    private static readonly Gen<string> Text = Gen.Int[0, Words.Length - 1].Array[0, 40]
        .Select(indices => string.Join(' ', indices.Select(index => Words[index])));

    [Fact]
    public void FindWords_returns_words_with_their_terms_and_shares()
    {
        var words = Create().FindWords("A film about a feline", Query, TestContext.Current.CancellationToken);
        Assert.Equal([new(2, 4), new(15, 6)], words.Select(word => word.Range));
        Assert.Equal(["movie", "cinema"], words[0].Terms);
        Assert.Equal(["cat"], words[1].Terms);

        // movie 20 x 5, cinema 2 x 5 and cat 10 x 5
        Assert.Equal(110.0 / 160, words[0].Share, 6);
        Assert.Equal(50.0 / 160, words[1].Share, 6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Passages_are_best_sentences_in_order_of_the_text(bool isExact)
    {
        const string Document = "A sunny day. One cat sat. It rained! A film and a dog played. The end.";
        var highlighter = Create(new PassageOptions { IsExact = isExact });
        var passages = Find(highlighter, Document);
        Assert.Equal(["One cat sat.", "A film and a dog played."],
            passages.Select(passage => passage.Range.GetText(Document)));
        Assert.Equal(["cat"], passages[0].Words.Select(word => word.Range.GetText(Document)));
        Assert.Equal(100, passages[0].Score, 6);
        Assert.Equal(isExact ? ["film"] : ["film", "dog"],
            passages[1].Words.Select(word => word.Range.GetText(Document)));
        Assert.Equal(isExact ? 110 : 160, passages[1].Score, 6);
    }

    [Fact]
    public void Sources_are_found_only_in_passages()
    {
        var encoder = new WordSourceEncoder();
        var highlighter = new ImpactHighlighter(encoder, Scale) { Options = new() { MaxPassages = 1 } };
        highlighter.FindPassages(["A cat. A sun. A film.", "A dog."], Query, TestContext.Current.CancellationToken);
        Assert.Equal(["A cat.", "A sun.", "A film.", "A dog."], encoder.Encoded);
        Assert.Equal(["A film.", "A dog."], encoder.Sourced);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(" \n ", 0)]
    [InlineData("A sunny day. It rained.", 1)]
    [InlineData("...", 1)]
    public void Text_without_match_has_first_sentence_without_words(string text, int count)
    {
        foreach (var isExact in (bool[])[false, true])
        {
            var passages = Find(Create(new PassageOptions { IsExact = isExact }), text);
            Assert.Equal(count, passages.Count);
            Assert.All(passages, passage => Assert.Equal((0, 0.0), (passage.Words.Count, passage.Score)));
        }
    }

    [Fact]
    public void Passages_beyond_max_length_are_not_looked_for()
    {
        var highlighter = Create(new PassageOptions { MaxLength = 10 });
        Assert.Equal(
            [new TextRange(0, 6)], Find(highlighter, "A dog. A sun. A film.").Select(passage => passage.Range));
    }

    [Fact]
    public void Html_of_passages_contains_the_whole_text_and_only_its_own_tags() =>
        Gen.Select(Text, Gen.Bool).Sample((text, isExact) =>
        {
            var passages = Find(Create(new PassageOptions { IsExact = isExact, MaxPassages = 100 }), text);
            var html = new PassageFormatter { StartTag = "[", EndTag = "]", Ellipsis = "|" }.Format(text, passages);
            Assert.DoesNotContain('<', html);
            Assert.Equal(
                passages.Select(passage => passage.Range.GetText(text)),
                passages.Count == 0 ? [] : System.Net.WebUtility.HtmlDecode(html)
                    .Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('|'));
            Assert.Equal(passages.Sum(passage => passage.Words.Count), html.Count(character => character == '['));
        });

    [Fact]
    public void Shares_of_words_are_positive_and_add_up_to_one() => Text.Sample(text =>
    {
        var words = Create().FindWords(text, Query);
        Assert.All(words, word => Assert.True(word.Share > 0));
        Assert.True(words.Count == 0 || Math.Abs(words.Sum(word => word.Share) - 1) < 1e-9);
    });

    private static ImpactHighlighter Create(PassageOptions? options = null) =>
        new(new WordSourceEncoder(), Scale) { Options = options ?? new() };

    private static IReadOnlyList<Passage> Find(ImpactHighlighter highlighter, string text) =>
        highlighter.FindPassages([text], Query, TestContext.Current.CancellationToken)[0];
}
