using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Tokenization.Tests.Settings;

public class TermRuleTests
{
    /// <summary>
    /// Examples from Porter, "An algorithm for suffix stripping" (1980), stemmed through all steps.
    /// </summary>
    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("ties", "ti")]
    [InlineData("cats", "cat")]
    [InlineData("feed", "feed")]
    [InlineData("agreed", "agre")]
    [InlineData("plastered", "plaster")]
    [InlineData("bled", "bled")]
    [InlineData("motoring", "motor")]
    [InlineData("sing", "sing")]
    [InlineData("conflated", "conflat")]
    [InlineData("troubled", "troubl")]
    [InlineData("sized", "size")]
    [InlineData("hopping", "hop")]
    [InlineData("falling", "fall")]
    [InlineData("filing", "file")]
    [InlineData("happy", "happi")]
    [InlineData("sky", "sky")]
    [InlineData("relational", "relat")]
    [InlineData("conditional", "condit")]
    [InlineData("digitizer", "digit")]
    [InlineData("vietnamization", "vietnam")]
    [InlineData("operator", "oper")]
    [InlineData("decisiveness", "decis")]
    [InlineData("triplicate", "triplic")]
    [InlineData("electrical", "electr")]
    [InlineData("goodness", "good")]
    [InlineData("allowance", "allow")]
    [InlineData("replacement", "replac")]
    [InlineData("adoption", "adopt")]
    [InlineData("probate", "probat")]
    [InlineData("rate", "rate")]
    [InlineData("cease", "ceas")]
    [InlineData("roll", "roll")]
    [InlineData("generalizations", "gener")]
    [InlineData("oscillators", "oscil")]
    public void ToTerm_with_Porter_stemming_matches_examples_of_paper(string word, string stem)
    {
        Assert.Equal(stem, new TermRule(Stemming.Porter).ToTerm(word));
        Assert.Equal(word, new TermRule(Stemming.None).ToTerm(word));
    }

    [Theory]
    [InlineData(" Running", "running", "run")]
    [InlineData("\n RUNS\u00a0", "runs", "run")]
    [InlineData("'s", "'s", "'")]
    [InlineData("p53", "p53", "p53")]
    [InlineData("42", "42", "42")]
    [InlineData("Straße", "straße", "straße")]
    [InlineData("МИР", "мир", "мир")]
    [InlineData("漢字", "漢字", "漢字")]
    [InlineData("𠮷", "𠮷", "𠮷")]
    public void ToTerm_folds_white_space_and_case_before_stemming(
        string surface, string folded, string stem)
    {
        Assert.Equal(folded, new TermRule().ToTerm(surface));
        Assert.Equal(stem, new TermRule(Stemming.Porter).ToTerm(surface));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("...")]
    [InlineData(" -")]
    [InlineData("😀")]
    [InlineData("\u0301")]
    [InlineData("\ufffd")]
    [InlineData("a\ufffd")]
    public void ToTerm_without_letter_or_digit_or_with_invalid_character_returns_null(string surface)
    {
        Assert.Null(new TermRule().ToTerm(surface));
        Assert.Null(new TermRule(Stemming.Porter).ToTerm(surface));
    }

    [Fact]
    public void ToTerm_on_many_threads_returns_expected_stems()
    {
        var rule = new TermRule(Stemming.Porter);
        Parallel.For(0, 20_000, number =>
            Assert.Equal(
                number % 2 == 0 ? "gener" : "oscil", rule.ToTerm(number % 2 == 0 ? "generalizations" : "oscillators")));
    }
}
