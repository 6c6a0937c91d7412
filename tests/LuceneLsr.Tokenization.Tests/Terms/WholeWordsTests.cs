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
    public void FindSplitTerms_returns_terms_of_words_with_several_pieces(string text, string terms) => Assert.Equal(
        terms.Split(' ', StringSplitOptions.RemoveEmptyEntries), SplitTerms(text).Order(StringComparer.Ordinal));

    [Fact]
    public void FindSplitTerms_ignores_runs_longer_than_max_word_length()
    {
        string word = new('x', 64), data = new('x', 65);
        Assert.Equal([word], SplitTerms($"{word} {data}"));
    }

    private static IReadOnlySet<string> SplitTerms(string text) =>
        new WholeWords(ReferenceTokenizer.Load(), new TermRule(Stemming.Porter)).FindSplitTerms(text);
}
