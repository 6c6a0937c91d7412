using LuceneLsr.Evaluation.Vectors;

namespace LuceneLsr.Evaluation.Tests.Vectors;

public class VectorAgreementTests
{
    private static readonly SparseVector Film = new([new("film", 3), new("movie", 2), new("cut", 1)]);
    private static readonly SparseVector Other = new([new("film", 4), new("reel", 3)]);

    [Fact]
    public void Cosine_is_the_product_over_both_lengths() => Assert.Equal(
        3 * 4 / (Math.Sqrt(9 + 4 + 1) * Math.Sqrt(16 + 9)), VectorAgreement.Cosine(Film, Other), 12);

    [Fact]
    public void A_vector_has_a_cosine_of_exactly_one_to_itself_and_nearly_one_to_its_multiples()
    {
        var tenths = new SparseVector(Film.Entries.Select(entry => entry with { Weight = entry.Weight / 10 }));
        Assert.Equal(1, VectorAgreement.Cosine(tenths, tenths));
        Assert.Equal(1, VectorAgreement.Cosine(Film, tenths), 6);
    }

    [Fact]
    public void Vectors_without_a_common_term_have_a_cosine_of_zero()
    {
        Assert.Equal(0, VectorAgreement.Cosine(Film, new([new("whale", 5)])));
        Assert.Equal(0, VectorAgreement.Cosine(Film, SparseVector.Empty));
        Assert.Equal(0, VectorAgreement.Cosine(SparseVector.Empty, SparseVector.Empty));
    }

    [Theory]
    [InlineData(1, 1.0)]      // film | film
    [InlineData(2, 1 / 2.0)]  // film, movie | film, reel
    [InlineData(3, 2 / 3.0)]  // film, movie, cut | film, reel, cut
    [InlineData(4, 2 / 3.0)]  // the reference has three
    public void Overlap_is_the_share_of_the_strongest_that_are_among_the_strongest(int top, double expected)
    {
        var other = new SparseVector([new("film", 9), new("reel", 8), new("cut", 7), new("movie", 6)]);
        Assert.Equal(expected, VectorAgreement.Overlap(Film, other, top), 12);
    }

    [Fact]
    public void Without_terms_nothing_overlaps()
    {
        Assert.Equal(0, VectorAgreement.Overlap(SparseVector.Empty, Film, 10));
        Assert.Equal(0, VectorAgreement.Overlap(Film, SparseVector.Empty, 10));
    }

    [Fact]
    public void Texts_are_averaged_but_those_without_any_term()
    {
        var agreement = VectorAgreement.Compare(
            [Film, Film, SparseVector.Empty, Film], [Film, Other, SparseVector.Empty, SparseVector.Empty], 2);
        var cosine = 12 / (Math.Sqrt(14) * 5);
        Assert.Equal(3, agreement.Texts);
        Assert.Equal((1 + cosine + 0) / 3, agreement.MeanCosine, 12);
        Assert.Equal(0, agreement.MinCosine);
        Assert.Equal((1 + 0.5 + 0) / 3, agreement.MeanOverlap, 12);
    }

    [Fact]
    public void There_is_something_to_compare()
    {
        Assert.Throws<ArgumentException>(() => VectorAgreement.Compare([Film], [Film, Film], 1));
        Assert.Throws<ArgumentException>(() => VectorAgreement.Compare([SparseVector.Empty], [SparseVector.Empty], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => VectorAgreement.Compare([Film], [Film], 0));
    }
}
