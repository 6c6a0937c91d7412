using System.Globalization;
using CsCheck;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using LuceneLsr.Training.Tokenizers;

namespace LuceneLsr.Training.Tests.Tokenizers;

public class WordCounterTests
{
    [Fact]
    public void Count_counts_lower_cased_runs_of_word_characters_and_of_punctuation() => Assert.Equal(
        new Dictionary<string, long> { ["the"] = 2, ["cat"] = 3, ["p53"] = 1, [","] = 2, ["..."] = 1 },
        Count("The cat, the CAT", "p53, cat..."));

    [Fact]
    public void Count_spells_words_in_the_byte_level_alphabet()
    {
        Assert.Equal(["naÃ¯ve"], Count("naïve").Keys); // ï is C3 AF in UTF-8
        Assert.Equal(["eÌģ"], Count("e\u0301").Keys);  // the mark CC 81 belongs to its letter
    }

    [Fact]
    public void Count_matches_a_character_by_character_count() =>
        Gen.Char["aB1é½,.-\u0301 \n\u00A0"].Array[0, 12].Select(characters => new string(characters)).Array[0, 20]
            .Sample(texts => Assert.Equal(
                texts.SelectMany(Runs).CountBy(run => ByteLevelAlphabet.Encode(run))
                    .ToDictionary(run => run.Key, run => (long)run.Value),
                Count(texts)));

    [Fact]
    public void Count_rethrows_an_exception_of_the_texts_unchanged() => Assert.Equal(
        "line 2",
        Assert.Throws<InvalidDataException>(
            () => WordCounter.Count(Broken(), TestContext.Current.CancellationToken)).Message);

    [Fact]
    public void Count_with_a_canceled_token_throws() => Assert.ThrowsAny<OperationCanceledException>(
        () => WordCounter.Count(["text"], new CancellationToken(canceled: true)));

    private static IReadOnlyDictionary<string, long> Count(params string[] texts) =>
        WordCounter.Count(texts, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Broken()
    {
        yield return "line 1";
        throw new InvalidDataException("line 2");
    }

    private static IEnumerable<string> Runs(string text)
    {
        var run = "";
        foreach (var character in text.ToLowerInvariant())
        {
            if (run.Length > 0 && Kind(character) != Kind(run[0]))
            {
                yield return run;
                run = "";
            }

            run += Kind(character) == ' ' ? "" : character;
        }

        if (run.Length > 0)
        {
            yield return run;
        }
    }

    private static char Kind(char character) => char.GetUnicodeCategory(character) switch
    {
        _ when char.IsLetter(character) || char.IsNumber(character) => 'w',
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => 'w',
        _ => char.IsWhiteSpace(character) ? ' ' : '.',
    };
}
