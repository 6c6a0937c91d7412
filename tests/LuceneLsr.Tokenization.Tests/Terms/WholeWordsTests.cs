using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tests.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Terms;

public class WholeWordsTests
{
    [Theory]
    [InlineData("the flow of the boundary", "")]
    [InlineData("The p53 of apoE4: (P53)", "apoe4 p53")]
    [InlineData("the kinases_inhibitors, kinase's", "inhibitor kinas")]
    [InlineData("cafe\u0301-naïve", "cafe\u0301 naïv")]
    [InlineData("... !", "")]
    [InlineData("", "")]
    public void CountTerms_finds_terms_of_words_with_several_pieces(string text, string terms) => Assert.Equal(
        terms.Split(' ', StringSplitOptions.RemoveEmptyEntries), Count(text).Keys.Order(StringComparer.Ordinal));

    /// <summary>"flow" and "boundary" are tokens, but the model has a row only for the first.</summary>
    [Fact]
    public void CountTerms_finds_terms_that_the_vocabulary_lacks() =>
        Assert.Equal(["boundari"], Count("The flow at the boundary", new TermVocabulary(["the", "at", "flow"])).Keys);

    [Fact]
    public void CountTerms_counts_all_forms_of_a_term() => Assert.Equal(
        new Dictionary<string, int> { ["kinas"] = 3, ["p53"] = 1 }, Count("kinases, p53 kinase; Kinases"));

    [Fact]
    public void CountTerms_ignores_runs_longer_than_max_word_length()
    {
        string word = new('x', 64), data = new('x', 65);
        Assert.Equal([word], Count($"{word} {data}").Keys);
    }

    private static IReadOnlyDictionary<string, int> Count(string text, TermVocabulary? terms = null)
    {
        var (tokenizer, rule) = (ReferenceTokenizer.Load(), new TermRule(Stemming.Porter));
        return new WholeWords(tokenizer, terms ?? TermVocabulary.FromTokens(tokenizer, rule), rule).CountTerms(text);
    }
}
