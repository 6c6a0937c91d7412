using System.Globalization;
using CsCheck;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using LuceneLsr.Training.Tokenizers;

namespace LuceneLsr.Training.Tests.Tokenizers;

public class WordCounterTests
{
    [Fact]
    public void Runs_of_letters_and_digits_and_runs_of_signs_are_counted_in_lower_case() => Assert.Equal(
        new Dictionary<string, long> { ["the"] = 2, ["cat"] = 3, ["p53"] = 1, [","] = 2, ["..."] = 1 },
        Count("The cat, the CAT", "p53, cat..."));

    [Fact]
    public void Words_are_written_as_their_bytes()
    {
        Assert.Equal(["naÃ¯ve"], Count("naïve").Keys); // ï is C3 AF
        Assert.Equal(["eÌģ"], Count("e\u0301").Keys);  // a mark, CC 81, belongs to its letter; 81 is not printable
    }

    [Fact]
    public void Counts_are_those_of_reading_one_character_after_the_other() =>
        Gen.Char["aB1é½,.-\u0301 \n\u00A0"].Array[0, 12].Select(characters => new string(characters)).Array[0, 20]
            .Sample(texts => Assert.Equal(
                texts.SelectMany(Runs).CountBy(run => ByteLevelAlphabet.Encode(run))
                    .ToDictionary(run => run.Key, run => (long)run.Value),
                Count(texts)));

    [Fact]
    public void What_reading_the_texts_throws_comes_out_as_it_is() => Assert.Equal(
        "line 2",
        Assert.Throws<InvalidDataException>(
            () => WordCounter.Count(Broken(), TestContext.Current.CancellationToken)).Message);

    [Fact]
    public void Cancellation_is_seen() => Assert.ThrowsAny<OperationCanceledException>(
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
