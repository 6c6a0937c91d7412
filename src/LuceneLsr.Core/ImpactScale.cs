namespace LuceneLsr;

/// <summary>A term and its impact, the quantized weight.</summary>
/// <param name="Term">The index term.</param>
/// <param name="Impact">At least 1.</param>
public readonly record struct TermImpact(string Term, int Impact);

/// <summary>
/// Linear quantization of weights into integer impacts: impact = round(weight x factor), halves away from zero.
/// An impact above <see cref="MaxImpact"/> is clamped to it; an impact of 0 drops the term.
/// </summary>
/// <remarks>
/// An impact is stored as a term frequency, and the analyzer path emits a term once per unit of impact,
/// so the factor trades precision against indexing time.
/// </remarks>
public sealed record ImpactScale
{
    /// <summary>
    /// The largest value that <see cref="MaxImpact"/> may take:
    /// every product and sum of two sides stays exact in a double.
    /// </summary>
    public const int MaxImpactLimit = 65_535;

    /// <summary>Creates a scale.</summary>
    /// <param name="factor">Impact units a unit of weight.</param>
    /// <param name="maximum">The clamp, 1 to <see cref="MaxImpactLimit"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The factor is not finite and above zero, or the maximum out of range.
    /// </exception>
    public ImpactScale(float factor, int maximum = MaxImpactLimit)
    {
        if (!float.IsFinite(factor) || factor <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "An impact factor is finite and above zero.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximum, MaxImpactLimit);
        Factor = factor;
        MaxImpact = maximum;
    }

    /// <summary>For vectors whose weights are impacts already.</summary>
    public static ImpactScale Identity { get; } = new(1);

    /// <summary>Impact units a unit of weight.</summary>
    public float Factor { get; }

    /// <summary>The largest impact; what lies above is clamped to it.</summary>
    public int MaxImpact { get; }

    /// <summary>The impact of a weight, 0 to <see cref="MaxImpact"/>.</summary>
    public int Quantize(float weight) =>
        (int)Math.Min(MaxImpact, Math.Round((double)weight * Factor, MidpointRounding.AwayFromZero));

    /// <summary>The impacts of a vector's terms, in its order, without those that round to 0.</summary>
    public IReadOnlyList<TermImpact> Quantize(SparseVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return [.. vector.Entries
            .Select(entry => new TermImpact(entry.Term, Quantize(entry.Weight)))
            .Where(impact => impact.Impact > 0)];
    }

    /// <summary>The vector whose weights are a vector's impacts.</summary>
    public SparseVector ToImpactVector(SparseVector vector) =>
        new(Quantize(vector).Select(impact => new TermWeight(impact.Term, impact.Impact)));
}
