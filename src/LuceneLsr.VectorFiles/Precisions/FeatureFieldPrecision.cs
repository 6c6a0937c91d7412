namespace LuceneLsr.VectorFiles.Precisions;

/// <summary>
/// The precision of Lucene's <c>FeatureField</c>, which is behind rank_features of Elasticsearch and OpenSearch and
/// sparse_vector of Elasticsearch. It stores the upper 16 bits of a positive float below its sign as a term frequency:
/// 8 bits of the exponent and 8 of the significand. With the implicit leading 1, nine significant bits remain, cut off
/// and not rounded, so that a stored weight is smaller by less than 2^-8 = 0.4 %. Query weights are boosts, which are
/// floats and stay as they are.
/// </summary>
public sealed class FeatureFieldPrecision : StoredPrecision
{
    /// <summary>The smallest weight that a FeatureField accepts, the smallest normal float.</summary>
    public const float MinWeight = 1.17549435E-38f;

    private const int DroppedBits = 15;

    /// <summary>Returns the term frequency that stores a weight.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The weight is not finite or less than <see cref="MinWeight"/>.
    /// </exception>
    public static int Encode(float weight)
    {
        if (!float.IsFinite(weight) || weight < MinWeight)
        {
            throw new ArgumentOutOfRangeException(
                nameof(weight), weight, "Feature values must be finite, positive, normal floats.");
        }

        return BitConverter.SingleToInt32Bits(weight) >> DroppedBits;
    }

    /// <summary>Returns the weight that a term frequency stores.</summary>
    public static float Decode(int frequency) => BitConverter.Int32BitsToSingle(frequency << DroppedBits);

    /// <inheritdoc/>
    public override float Store(float weight, TextSide side) =>
        side == TextSide.Query ? weight : weight < MinWeight ? 0 : Decode(Encode(weight));
}
