namespace LuceneLsr.VectorFiles.Precisions;

/// <summary>
/// The precision of OpenSearch's sparse_vector fields with the method "seismic", in segments of at least
/// <c>approximate_threshold</c> documents: weights from 0 to a ceiling become integers from 0 to 255, and larger ones 255
/// (ByteQuantizer.java of the plugin neural-search). Smaller segments are searched exactly, with
/// <see cref="FeatureFieldPrecision"/>.
/// </summary>
public sealed class BytePrecision : StoredPrecision
{
    private const int MaxByte = 255;

    /// <summary>Creates a precision.</summary>
    /// <param name="ceilings">The ceilings of both sides.</param>
    public BytePrecision(QuantizationCeilings ceilings)
    {
        ArgumentNullException.ThrowIfNull(ceilings);
        Ceilings = ceilings;
    }

    /// <summary>Gets the ceilings of both sides.</summary>
    public QuantizationCeilings Ceilings { get; }

    /// <inheritdoc/>
    public override float ScoreUnit => Ceilings.Documents * Ceilings.Queries / MaxByte / MaxByte;

    /// <inheritdoc/>
    public override float Store(float weight, TextSide side)
    {
        var ceiling = Ceilings[side];
        var scaled = Math.Min(ceiling, weight) * MaxByte / ceiling;
        return (float)Math.Floor((double)scaled + 0.5); // Java's Math.round; in a double, the sum is exact
    }
}
