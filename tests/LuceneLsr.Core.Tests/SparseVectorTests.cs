using CsCheck;

namespace LuceneLsr.Core.Tests;

public class SparseVectorTests
{
    private static readonly Gen<SparseVector> Vectors =
        Gen.Dictionary(Gen.String[Gen.Char['a', 'f'], 1, 3], Gen.Int[0, 5].Select(weight => weight / 2f))[0, 30]
            .Select(weights => new SparseVector(weights.Select(entry => new TermWeight(entry.Key, entry.Value))));

    [Fact]
    public void Entries_are_sorted_by_falling_weight_then_ordinal_term()
    {
        var vector = new SparseVector([new("b", 1), new("a", 1), new("B", 1), new("z", 2)]);
        Assert.Equal(["z", "B", "a", "b"], vector.Entries.Select(entry => entry.Term));
    }

    [Fact]
    public void Entries_of_random_vectors_are_sorted() => Vectors.Sample(vector =>
        Assert.All(vector.Entries.Zip(vector.Entries.Skip(1)), pair => Assert.True(
            pair.First.Weight > pair.Second.Weight
            || (pair.First.Weight == pair.Second.Weight
                && string.CompareOrdinal(pair.First.Term, pair.Second.Term) < 0))));

    [Fact]
    public void TakeTop_keeps_first_entries() => Gen.Select(Vectors, Gen.Int[0, 40]).Sample((vector, count) =>
        Assert.Equal(vector.Entries.Take(count), vector.TakeTop(count).Entries));

    [Fact]
    public void Create_drops_zero_weights() =>
        Assert.Equal([new TermWeight("a", 1)], new SparseVector([new("a", 1), new("b", 0)]).Entries);

    [Fact]
    public void Empty_has_no_terms() => Assert.Equal(0, SparseVector.Empty.Count);

    [Theory]
    [InlineData(-0.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Create_with_negative_or_infinite_weight_throws_naming_term(float weight)
    {
        var error = Assert.Throws<ArgumentException>(() => new SparseVector([new("film", weight)]));
        Assert.Contains("film", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_with_empty_term_throws() =>
        Assert.Throws<ArgumentException>(() => new SparseVector([new("", 1)]));

    [Fact]
    public void Create_with_duplicate_term_throws_naming_term()
    {
        var error = Assert.Throws<ArgumentException>(() => new SparseVector([new("film", 1), new("film", 2)]));
        Assert.Contains("film", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TakeTop_with_negative_count_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SparseVector.Empty.TakeTop(-1));
}
