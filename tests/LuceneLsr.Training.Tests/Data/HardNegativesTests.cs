using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>Twenty documents about a bird and one about a stone.</summary>
public sealed class HardNegativesTests : IDisposable
{
    private const int Draws = 40;

    private static readonly (string Id, string Text)[] Corpus =
        [.. Enumerable.Range(0, 20).Select(number => ($"d{number}", $"a bird of kind {number}")), ("stone", "granite")];

    private static readonly TrainingPair Pair = new("which bird", Corpus[0].Text, ["d0", "d1"]);

    private readonly HardNegatives _negatives = new(Corpus);

    public void Dispose() => _negatives.Dispose();

    [Fact]
    public void They_are_as_many_as_asked_for_distinct_and_never_relevant()
    {
        for (var draw = 0; draw < Draws; draw++)
        {
            var texts = _negatives.Draw(Pair, 3, new Random(draw));
            Assert.Equal(3, texts.Distinct().Count());
            Assert.Subset(Corpus[2..].Select(document => document.Text).ToHashSet(), texts.ToHashSet());
        }
    }

    [Fact]
    public void They_change_from_draw_to_draw_and_are_fixed_by_the_random_numbers()
    {
        Assert.Equal(_negatives.Draw(Pair, 3, new Random(5)), _negatives.Draw(Pair, 3, new Random(5)));
        Assert.Equal(HardNegatives.Pool, Enumerable.Range(0, Draws)
            .SelectMany(draw => _negatives.Draw(Pair, 3, new Random(draw))).Distinct().Count());
    }

    [Fact]
    public void A_document_that_shares_no_word_is_none()
    {
        using var few = new HardNegatives([.. Corpus[..4], Corpus[^1]]);
        Assert.Equal(
            Corpus[2..4].Select(document => document.Text), few.Draw(Pair, HardNegatives.Pool, new Random(1)).Order());
    }
}
