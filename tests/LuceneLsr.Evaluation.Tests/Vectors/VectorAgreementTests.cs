using LuceneLsr.Evaluation.Vectors;

namespace LuceneLsr.Evaluation.Tests.Vectors;

public class VectorAgreementTests
{
    private static readonly SparseVector Film = new([new("film", 3), new("movie", 2), new("cut", 1)]);
    private static readonly SparseVector Other = new([new("film", 4), new("reel", 3)]);

    [Fact]
    public void Cosine_is_the_dot_product_over_both_norms() => Assert.Equal(
        3 * 4 / (Math.Sqrt(9 + 4 + 1) * Math.Sqrt(16 + 9)), VectorAgreement.ComputeCosine(Film, Other), 12);

    [Fact]
    public void Cosine_of_a_vector_is_exactly_one_to_itself_and_nearly_one_to_its_multiples()
    {
        var tenths = new SparseVector(Film.Entries.Select(entry => entry with { Weight = entry.Weight / 10 }));
        Assert.Equal(1, VectorAgreement.ComputeCosine(tenths, tenths));
        Assert.Equal(1, VectorAgreement.ComputeCosine(Film, tenths), 6);
    }

    [Fact]
    public void Cosine_of_vectors_without_a_common_term_is_zero()
    {
        Assert.Equal(0, VectorAgreement.ComputeCosine(Film, new([new("whale", 5)])));
        Assert.Equal(0, VectorAgreement.ComputeCosine(Film, SparseVector.Empty));
        Assert.Equal(0, VectorAgreement.ComputeCosine(SparseVector.Empty, SparseVector.Empty));
    }

    [Theory]
    [InlineData(1, 1.0)]      // film | film
    [InlineData(2, 1 / 2.0)]  // film, movie | film, reel
    [InlineData(3, 2 / 3.0)]  // film, movie, cut | film, reel, cut
    [InlineData(4, 2 / 3.0)]  // the reference has three
    public void Overlap_is_the_share_of_top_terms_among_the_top_terms(int top, double expected)
    {
        var other = new SparseVector([new("film", 9), new("reel", 8), new("cut", 7), new("movie", 6)]);
        Assert.Equal(expected, VectorAgreement.ComputeOverlap(Film, other, top), 12);
    }

    [Fact]
    public void Overlap_with_an_empty_vector_is_zero()
    {
        Assert.Equal(0, VectorAgreement.ComputeOverlap(SparseVector.Empty, Film, 10));
        Assert.Equal(0, VectorAgreement.ComputeOverlap(Film, SparseVector.Empty, 10));
    }

    [Fact]
    public void Compare_averages_all_texts_except_those_without_any_term()
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
    public void Compare_without_comparable_vectors_throws()
    {
        Assert.Throws<ArgumentException>(() => VectorAgreement.Compare([Film], [Film, Film], 1));
        Assert.Throws<ArgumentException>(() => VectorAgreement.Compare([SparseVector.Empty], [SparseVector.Empty], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => VectorAgreement.Compare([Film], [Film], 0));
    }
}
