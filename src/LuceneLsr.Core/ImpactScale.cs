namespace LuceneLsr;

/// <summary>
/// Linear quantization of weights to integer impacts: impact = round(weight x factor), with halves rounded away from
/// zero. Impacts above <see cref="MaxImpact"/> are clamped, and terms with impact 0 are dropped.
/// </summary>
/// <remarks>
/// The index stores impacts as term frequencies, and an analyzer emits a term once per unit of impact. A larger factor
/// is therefore more precise but slower to index.
/// </remarks>
public sealed record ImpactScale
{
    /// <summary>
    /// The upper limit of <see cref="MaxImpact"/>. Up to it, products and sums of impacts of both sides are exact in a
    /// double.
    /// </summary>
    public const int MaxImpactLimit = 65_535;

    /// <summary>Creates a scale.</summary>
    /// <param name="factor">Impact units per unit of weight.</param>
    /// <param name="maxImpact">The maximum impact, from 1 to <see cref="MaxImpactLimit"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The factor is not finite and positive, or the maximum is out of range.
    /// </exception>
    public ImpactScale(float factor, int maxImpact = MaxImpactLimit)
    {
        if (!float.IsFinite(factor) || factor <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(factor), factor, "The impact factor must be finite and greater than 0.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(maxImpact, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxImpact, MaxImpactLimit);
        Factor = factor;
        MaxImpact = maxImpact;
    }

    /// <summary>Gets the scale for vectors whose weights are already impacts.</summary>
    public static ImpactScale Identity { get; } = new(1);

    /// <summary>Gets the number of impact units per unit of weight.</summary>
    public float Factor { get; }

    /// <summary>Gets the maximum impact. Larger impacts are clamped to it.</summary>
    public int MaxImpact { get; }

    /// <summary>Quantizes a weight to an impact from 0 to <see cref="MaxImpact"/>.</summary>
    public int Quantize(float weight) =>
        (int)Math.Min(MaxImpact, Math.Round((double)weight * Factor, MidpointRounding.AwayFromZero));

    /// <summary>Quantizes the weights of a vector, in its order. Terms with impact 0 are dropped.</summary>
    public IReadOnlyList<TermImpact> Quantize(SparseVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return [.. vector.Entries
            .Select(entry => new TermImpact(entry.Term, Quantize(entry.Weight)))
            .Where(impact => impact.Impact > 0)];
    }

    /// <summary>Quantizes the weights of a vector and returns the impacts as a vector.</summary>
    public SparseVector ToImpactVector(SparseVector vector) =>
        new(Quantize(vector).Select(impact => new TermWeight(impact.Term, impact.Impact)));
}
