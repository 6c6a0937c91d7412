using LuceneLsr.Training.Semantic;

namespace LuceneLsr.Training.Tests.Semantic;

public sealed class PassageSampleTests
{
    [Fact]
    public void Collect_returns_same_texts_and_samples_all_passages_of_few_texts()
    {
        var sample = new PassageSample(10);
        string[] texts = ["a b", string.Join(' ', Enumerable.Repeat("long", 200)), ""];
        Assert.Equal(texts, sample.Collect(texts));
        Assert.Equal(
            ["a b", string.Join(' ', Enumerable.Repeat("long", 150)), string.Join(' ', Enumerable.Repeat("long", 50))],
            sample.Passages);
    }

    /// <summary>Every passage of 1,000 is in a sample of 500 with probability 1/2, wherever it is.</summary>
    [Fact]
    public void Collect_samples_evenly_and_repeatably()
    {
        string[] texts = [.. Enumerable.Range(0, 1000).Select(number => $"{number}")];
        PassageSample first = new(500), second = new(500);
        Assert.Equal(first.Collect(texts), second.Collect(texts));
        Assert.Equal(500, first.Passages.Distinct().Count());
        Assert.Equal(first.Passages, second.Passages);
        Assert.All(first.Passages.CountBy(text => int.Parse(text) / 250), quarter =>
            Assert.InRange(quarter.Value, 95, 155)); // four standard deviations of a hypergeometric count
    }
}
