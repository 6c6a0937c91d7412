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
    public void A_word_of_several_pieces_is_a_term_of_its_own(string text, string terms) => Assert.Equal(
        terms.Split(' ', StringSplitOptions.RemoveEmptyEntries), SplitTerms(text).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_longer_than_a_word_is_left_out()
    {
        string word = new('x', 64), data = new('x', 65);
        Assert.Equal([word], SplitTerms($"{word} {data}"));
    }

    private static IReadOnlySet<string> SplitTerms(string text) =>
        new WholeWords(ReferenceTokenizer.Load(), new TermRule(Stemming.Porter)).SplitTerms(text);
}
