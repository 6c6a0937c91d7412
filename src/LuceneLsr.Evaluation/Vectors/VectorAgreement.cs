namespace LuceneLsr.Evaluation.Vectors;

/// <summary>
/// How near vectors are to reference vectors of the same texts, as where a model is kept in fewer bits. Texts without a
/// term in either are left out.
/// </summary>
/// <param name="MeanCosine">Mean of <see cref="Cosine"/>.</param>
/// <param name="MinCosine">The least of them.</param>
/// <param name="MeanOverlap">Mean of <see cref="Overlap"/>.</param>
/// <param name="Texts">How many texts were compared.</param>
public sealed record VectorAgreement(double MeanCosine, double MinCosine, double MeanOverlap, int Texts)
{
    /// <summary>Compares vectors with reference vectors, text by text.</summary>
    /// <param name="reference">The reference vectors.</param>
    /// <param name="vectors">The vectors of the same texts, in the same order.</param>
    /// <param name="top">How many of the strongest terms count in the overlap, at least 1.</param>
    /// <exception cref="ArgumentException">
    /// There are more of one than of the other, or no vector has a term.
    /// </exception>
    public static VectorAgreement Compare(
        IReadOnlyList<SparseVector> reference, IReadOnlyList<SparseVector> vectors, int top)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(vectors);
        if (reference.Count != vectors.Count)
        {
            throw new ArgumentException(
                $"{vectors.Count} vectors cannot be compared with {reference.Count}.", nameof(vectors));
        }

        var pairs = reference.Zip(vectors).Where(pair => pair.First.Count > 0 || pair.Second.Count > 0).ToList();
        if (pairs.Count == 0)
        {
            throw new ArgumentException("No vector has a term: there is nothing to compare.", nameof(vectors));
        }

        var cosines = pairs.ConvertAll(pair => Cosine(pair.First, pair.Second));
        var overlaps = pairs.Select(pair => Overlap(pair.First, pair.Second, top));
        return new(cosines.Average(), cosines.Min(), overlaps.Average(), pairs.Count);
    }

    /// <summary>The cosine of the angle between two vectors, 0 to 1; 0 where one has no term.</summary>
    public static double Cosine(SparseVector left, SparseVector right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var product = Product(left, right);
        // One root of both squares: equal vectors come to exactly 1.
        return product > 0 ? product / Math.Sqrt(Product(left, left) * Product(right, right)) : 0;
    }

    /// <summary>
    /// The share of the reference's strongest terms, or of all if it has fewer, that are among as many strongest of the
    /// other; 0 where the reference has none.
    /// </summary>
    public static double Overlap(SparseVector reference, SparseVector other, int top)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (reference.Count == 0)
        {
            return 0;
        }

        var expected = Terms(reference.TakeTop(top)).ToList();
        return (double)expected.Intersect(Terms(other.TakeTop(expected.Count)), StringComparer.Ordinal).Count()
            / expected.Count;
    }

    private static double Product(SparseVector left, SparseVector right)
    {
        var weightOf = right.Entries.ToDictionary(
            entry => entry.Term, entry => (double)entry.Weight, StringComparer.Ordinal);
        return left.Entries.Sum(entry => entry.Weight * weightOf.GetValueOrDefault(entry.Term));
    }

    private static IEnumerable<string> Terms(SparseVector vector) => vector.Entries.Select(entry => entry.Term);
}
