namespace LuceneLsr.Evaluation.Vectors;

/// <summary>
/// The agreement of vectors with reference vectors of the same texts, such as those of a quantized model with those of
/// the original. Texts without a term in both vectors are excluded.
/// </summary>
/// <param name="MeanCosine">The mean of <see cref="ComputeCosine"/>.</param>
/// <param name="MinCosine">The minimum of <see cref="ComputeCosine"/>.</param>
/// <param name="MeanOverlap">The mean of <see cref="ComputeOverlap"/>.</param>
/// <param name="Texts">The number of texts compared.</param>
public sealed record VectorAgreement(double MeanCosine, double MinCosine, double MeanOverlap, int Texts)
{
    /// <summary>Compares vectors with reference vectors, text by text.</summary>
    /// <param name="reference">The reference vectors.</param>
    /// <param name="vectors">The vectors of the same texts, in the same order.</param>
    /// <param name="top">The number of top terms to compare in the overlap; at least 1.</param>
    /// <exception cref="ArgumentException">The numbers of vectors differ, or no vector has a term.</exception>
    public static VectorAgreement Compare(
        IReadOnlyList<SparseVector> reference, IReadOnlyList<SparseVector> vectors, int top)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(vectors);
        if (reference.Count != vectors.Count)
        {
            throw new ArgumentException(
                $"Got {vectors.Count} vectors for {reference.Count} reference vectors. Pass one per text.",
                nameof(vectors));
        }

        var pairs = reference.Zip(vectors).Where(pair => pair.First.Count > 0 || pair.Second.Count > 0).ToList();
        if (pairs.Count == 0)
        {
            throw new ArgumentException("No vector has a term, so there is nothing to compare.", nameof(vectors));
        }

        var cosines = pairs.ConvertAll(pair => ComputeCosine(pair.First, pair.Second));
        var overlaps = pairs.Select(pair => ComputeOverlap(pair.First, pair.Second, top));
        return new(cosines.Average(), cosines.Min(), overlaps.Average(), pairs.Count);
    }

    /// <summary>Computes the cosine of two vectors, 0 to 1; 0 if one has no term.</summary>
    public static double ComputeCosine(SparseVector left, SparseVector right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var product = ComputeProduct(left, right);
        // A single square root, so that equal vectors have a cosine of exactly 1.
        return product > 0 ? product / Math.Sqrt(ComputeProduct(left, left) * ComputeProduct(right, right)) : 0;
    }

    /// <summary>
    /// Computes the share of the reference's top terms (all, if it has fewer) that are among as many top terms of the
    /// other vector; 0 if the reference has no term.
    /// </summary>
    public static double ComputeOverlap(SparseVector reference, SparseVector other, int top)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (reference.Count == 0)
        {
            return 0;
        }

        var expected = GetTerms(reference.TakeTop(top)).ToList();
        return (double)expected.Intersect(GetTerms(other.TakeTop(expected.Count)), StringComparer.Ordinal).Count()
            / expected.Count;
    }

    private static double ComputeProduct(SparseVector left, SparseVector right)
    {
        var weightOf = right.Entries.ToDictionary(
            entry => entry.Term, entry => (double)entry.Weight, StringComparer.Ordinal);
        return left.Entries.Sum(entry => entry.Weight * weightOf.GetValueOrDefault(entry.Term));
    }

    private static IEnumerable<string> GetTerms(SparseVector vector) => vector.Entries.Select(entry => entry.Term);
}
