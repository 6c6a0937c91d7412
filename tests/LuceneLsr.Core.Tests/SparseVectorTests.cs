using CsCheck;

namespace LuceneLsr.Core.Tests;

public class SparseVectorTests
{
    private static readonly Gen<SparseVector> Vectors =
        Gen.Dictionary(Gen.String[Gen.Char['a', 'f'], 1, 3], Gen.Int[0, 5].Select(weight => weight / 2f))[0, 30]
            .Select(weights => new SparseVector(weights.Select(entry => new TermWeight(entry.Key, entry.Value))));

    [Fact]
    public void Entries_stand_by_falling_weight_and_equal_weights_by_ordinal_term()
    {
        var vector = new SparseVector([new("b", 1), new("a", 1), new("B", 1), new("z", 2)]);
        Assert.Equal(["z", "B", "a", "b"], vector.Entries.Select(entry => entry.Term));
    }

    [Fact]
    public void Every_vector_is_in_order() => Vectors.Sample(vector =>
        Assert.All(vector.Entries.Zip(vector.Entries.Skip(1)), pair => Assert.True(
            pair.First.Weight > pair.Second.Weight
            || (pair.First.Weight == pair.Second.Weight
                && string.CompareOrdinal(pair.First.Term, pair.Second.Term) < 0))));

    [Fact]
    public void Top_keeps_the_first_entries() => Gen.Select(Vectors, Gen.Int[0, 40]).Sample((vector, count) =>
        Assert.Equal(vector.Entries.Take(count), vector.TakeTop(count).Entries));

    [Fact]
    public void Weights_of_zero_are_left_out() =>
        Assert.Equal([new TermWeight("a", 1)], new SparseVector([new("a", 1), new("b", 0)]).Entries);

    [Fact]
    public void The_empty_vector_has_no_terms() => Assert.Equal(0, SparseVector.Empty.Count);

    [Theory]
    [InlineData(-0.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_weight_is_finite_and_not_negative(float weight)
    {
        var error = Assert.Throws<ArgumentException>(() => new SparseVector([new("film", weight)]));
        Assert.Contains("film", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_term_is_not_empty() => Assert.Throws<ArgumentException>(() => new SparseVector([new("", 1)]));

    [Fact]
    public void A_term_stands_once()
    {
        var error = Assert.Throws<ArgumentException>(() => new SparseVector([new("film", 1), new("film", 2)]));
        Assert.Contains("film", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Top_refuses_a_negative_count() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SparseVector.Empty.TakeTop(-1));
}
