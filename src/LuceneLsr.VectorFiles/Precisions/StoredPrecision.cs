namespace LuceneLsr.VectorFiles.Precisions;

/// <summary>
/// How precisely a search engine stores weights. It turns the weights of a vector into those that the engine
/// multiplies, so that the effect of its rounding can be measured without a server.
/// </summary>
public abstract class StoredPrecision
{
    /// <summary>Gets the precision of the encoder: nothing is rounded.</summary>
    public static StoredPrecision Unrounded { get; } = new UnroundedPrecision();

    /// <summary>
    /// Gets the factor that turns a score of the engine into a dot product of the original weights, apart from
    /// rounding.
    /// </summary>
    public virtual float ScoreUnit => 1;

    /// <summary>Returns the weight that the engine computes with. 0 means that it has no such entry.</summary>
    /// <param name="weight">A weight of an encoder, finite and greater than 0.</param>
    /// <param name="side">The side of its text.</param>
    public abstract float Store(float weight, TextSide side);

    /// <summary>Returns the vector that the engine computes with.</summary>
    public SparseVector Store(SparseVector vector, TextSide side)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return new(vector.Entries.Select(entry => entry with { Weight = Store(entry.Weight, side) }));
    }

    private sealed class UnroundedPrecision : StoredPrecision
    {
        public override float Store(float weight, TextSide side) => weight;
    }
}
