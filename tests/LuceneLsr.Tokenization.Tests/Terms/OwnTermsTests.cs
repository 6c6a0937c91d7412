using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Terms;

public sealed class OwnTermsTests : IDisposable
{
    private static readonly string[] Vocabulary =
        ["[UNK]", "[CLS]", "[SEP]", "cat", "cats", "play", "##station", "##s", "dog", "!", "[PAD]", "[MASK]"];

    private readonly TemporaryFolder _folder = new();
    private readonly TextTokenizer _tokenizer;

    public OwnTermsTests()
    {
        File.WriteAllLines(_folder.File("vocab.txt"), Vocabulary);
        _tokenizer = TextTokenizer.Load(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cats!", 1)]                // the stem "cat"
    [InlineData("cat dog cats", 1, 2)]
    [InlineData("play", 0)]
    [InlineData("playstation dog", 2)]      // "play" is only a piece of a word here
    [InlineData("dogs", new int[0])]
    [InlineData("", new int[0])]
    public void CountRows_returns_rows_of_words_that_are_one_token(string text, params int[] rows)
    {
        var terms = new OwnTerms(
            _tokenizer, new TermVocabulary(["plai", "cat", "dog", "station"]), new TermRule(Stemming.Porter));
        Assert.Equal(rows, terms.CountRows(_tokenizer.Encode(text)).Keys.Order());
    }

    /// <summary>Byte-level BPE marks the space before a word, so a word after punctuation has no mark.</summary>
    [Theory]
    [InlineData("cat", 0)]
    [InlineData("(x)", 1)]
    [InlineData("-x cat", 0, 1)]
    [InlineData("xy", new int[0])]
    [InlineData("cats", new int[0])]        // "cat" and "s"
    public void CountRows_of_byte_level_tokens_finds_words_after_punctuation(string text, params int[] rows)
    {
        _folder.Write(TextTokenizer.FileName, TinyTokenizer.Json());
        var tokenizer = TextTokenizer.Load(_folder.Path);
        var terms = new OwnTerms(tokenizer, new TermVocabulary(["cat", "x"]), new TermRule());
        Assert.Equal(rows, terms.CountRows(tokenizer.Encode(text)).Keys.Order());
    }

    [Fact]
    public void CountRows_skips_words_without_term()
    {
        var terms = new OwnTerms(_tokenizer, new TermVocabulary(["dog"]), new TermRule());
        Assert.Equal([0], terms.CountRows(_tokenizer.Encode("cat dog")).Keys);
    }

    [Fact]
    public void CountRows_counts_all_forms_of_a_term()
    {
        var terms = new OwnTerms(_tokenizer, new TermVocabulary(["cat", "dog"]), new TermRule(Stemming.Porter));
        Assert.Equal(
            new Dictionary<int, int> { [0] = 3, [1] = 1 },
            terms.CountRows(_tokenizer.Encode("cat dog cats, cat playstation")));
    }
}
