using CsCheck;
using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

public class SentencePairsTests
{
    private static readonly Gen<string[]> Sentences =
        Gen.Select(Gen.String[Gen.Char["abc "], 1, 30], Gen.Char[".!?"]).Array[3, 8].Select(parts =>
            parts.Select((part, number) => $"Sentence {number} {OneSpaced(part.Item1)}{part.Item2}").ToArray());

    [Fact]
    public void Draw_returns_a_sentence_and_the_others_in_order() =>
        Gen.Select(Sentences, Gen.Int[0, 1000]).Sample((sentences, seed) =>
        {
            var pairs = new SentencePairs([string.Join(' ', sentences)]);
            var pair = pairs.Draw(0, new Random(seed));
            Assert.Contains(pair.Query, sentences);
            Assert.DoesNotContain(pair.Query, pair.Document, StringComparison.Ordinal);
            Assert.Equal(string.Join(' ', sentences.Where(sentence => sentence != pair.Query)), pair.Document);
        });

    [Fact]
    public void Draw_chooses_only_sentences_of_at_least_five_words()
    {
        string[] sentences =
            ["A first one of five.", "Short.", "Is the second (with 3.5 percent) longer?",
                "2 more words are enough!", "No verb here."];
        var pairs = new SentencePairs([string.Join("\n", sentences)]);
        Assert.Equal(
            new[] { sentences[0], sentences[2], sentences[3] }.ToHashSet(),
            Enumerable.Range(0, 100).Select(seed => pairs.Draw(0, new Random(seed)).Query).ToHashSet());
    }

    [Fact]
    public void Draw_from_short_sentences_chooses_the_first() =>
        Assert.Equal("One.", new SentencePairs(["One. Two. Three."]).Draw(0, new Random(1)).Query);

    [Fact]
    public void Constructor_skips_passages_of_fewer_than_three_sentences()
    {
        var pairs = new SentencePairs(
            ["Only one.", "One. Two.", "e.g. no start in lower case. Two, i.e. few.", "One. Two. Three."]);
        Assert.Equal(1, pairs.Count);
        Assert.Equal("Two. Three.", pairs.Draw(0, new Random(1)).Document);
        var (id, text) = Assert.Single(pairs.Documents);
        Assert.Equal("One. Two. Three.", text);
        Assert.Equal([id], pairs.Draw(0, new Random(1)).RelevantIds);
    }

    private static string OneSpaced(string words) =>
        string.Join(' ', words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
