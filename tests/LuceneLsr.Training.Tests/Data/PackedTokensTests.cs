using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>The text "n" has n tokens, each of which is n.</summary>
public class PackedTokensTests
{
    private static readonly string[] Texts = [.. Enumerable.Range(1, 12).Select(number => $"{number}")]; // 78 tokens

    [Fact]
    public void Next_reads_each_text_once_and_in_one_piece_per_epoch()
    {
        using var packed = Create(length: 13);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var tokens = Sequences(packed, 78 / 13).SelectMany(sequence => sequence).ToArray();
            Assert.Equal(
                Enumerable.Range(1, 12).SelectMany(number => Enumerable.Repeat(number, number)), tokens.Order());
            Assert.Equal(12, 1 + tokens.Zip(tokens[1..]).Count(pair => pair.First != pair.Second)); // contiguous texts
        }
    }

    [Fact]
    public void Next_continues_a_sequence_across_epochs()
    {
        using var packed = Create(length: 10);
        Assert.All(Sequences(packed, 39), sequence => Assert.Equal(10, sequence.Length)); // five epochs
    }

    [Fact]
    public void Next_shuffles_each_epoch_and_each_seed_differently()
    {
        using PackedTokens first = Create(length: 78), second = Create(length: 78, seed: 2);
        Assert.Distinct(Sequences(first, 2).Concat(Sequences(second, 2)).Select(tokens => string.Join(' ', tokens)));
    }

    [Fact]
    public void Next_with_the_same_seed_returns_the_same_sequences()
    {
        using PackedTokens first = Create(length: 7), second = Create(length: 7);
        Assert.Equal(Sequences(first, 40), Sequences(second, 40));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)] // in the fourth epoch
    public void Position_set_on_another_instance_continues_with_the_same_sequences(int read)
    {
        using PackedTokens whole = Create(length: 7, lanes: 3), resumed = Create(length: 7, lanes: 3);
        Sequences(whole, read);
        var position = whole.Position.ToJsonString();
        resumed.Next(); // reading before has no effect
        resumed.Position = System.Text.Json.Nodes.JsonNode.Parse(position)!;
        Assert.Equal(position, resumed.Position.ToJsonString());
        Assert.Equal(Sequences(whole, 30), Sequences(resumed, 30));
    }

    [Fact]
    public void Next_reads_all_texts_beyond_the_shuffle_buffer()
    {
        string[] many = [.. Enumerable.Range(0, 10_000).Select(number => $"{number}")];
        using var packed = new PackedTokens(
            () => many, text => [int.Parse(text, null)], length: 100, lanes: 1, seed: 1);
        Assert.Equal(Enumerable.Range(0, 10_000), Sequences(packed, 100).SelectMany(sequence => sequence).Order());
    }

    [Fact]
    public void Next_keeps_each_text_in_one_lane()
    {
        using var packed = Create(length: 3, lanes: 4);
        var lanes = Enumerable.Range(0, 5).Select(_ => packed.Next()).ToArray();
        var texts = Enumerable.Range(0, 4).Select(lane => lanes.SelectMany(batch => batch[lane]).ToHashSet()).ToArray();
        Assert.All(texts[1..], (of, index) => Assert.Empty(of.Intersect(texts[index])));
    }

    [Fact]
    public void Next_from_blank_texts_throws()
    {
        using var packed = new PackedTokens(() => ["", " "], _ => [], length: 2, lanes: 1, seed: 1);
        Assert.Throws<InvalidDataException>(() => packed.Next());
    }

    private static PackedTokens Create(int length, int seed = 1, int lanes = 1) => new(
        () => Texts, text => [.. Enumerable.Repeat(int.Parse(text, null), int.Parse(text, null))], length, lanes, seed);

    private static int[][] Sequences(PackedTokens packed, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(_ => packed.Next())];
}
