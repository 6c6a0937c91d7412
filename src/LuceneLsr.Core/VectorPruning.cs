namespace LuceneLsr;

/// <summary>
/// Selects the terms of a vector to keep: static pruning of documents or approximation of queries. Pruning saves space
/// or time and costs some recall. By default all terms are kept.
/// </summary>
public sealed record VectorPruning
{
    /// <summary>Gets the pruning that keeps all terms.</summary>
    public static VectorPruning None { get; } = new();

    /// <summary>Gets the maximum number of terms, at least 1. Terms with the largest weights are kept.</summary>
    public int MaxTerms
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxTerms), value, "The maximum number of terms must be at least 1.");
    } = int.MaxValue;

    /// <summary>Gets the minimum weight of terms to keep.</summary>
    public float MinWeight
    {
        get;
        init => field = value >= 0 && float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(MinWeight), value, "The minimum weight must be finite and not negative.");
    }

    /// <summary>Gets the minimum ratio of a term's weight to the largest weight of the vector, from 0 to 1.</summary>
    public float MinRatio
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(MinRatio), value, "The minimum ratio must be from 0 to 1.");
    }

    /// <summary>
    /// Gets the minimum share of the vector's mass, its total weight, that the kept terms have together; above 0 and up
    /// to 1. The fewest and heaviest terms that reach it are kept: the alpha mass of Bruch et al., "Efficient inverted
    /// indexes for approximate retrieval over learned sparse representations", SIGIR 2024. OpenSearch's alpha mass also
    /// drops the term that crosses the share.
    /// </summary>
    public float MinMass
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(MinMass), value, "The minimum share of the mass must be above 0 and up to 1.");
    } = 1;

    /// <summary>Returns a vector of the terms to keep.</summary>
    public SparseVector Apply(SparseVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (vector.Count == 0)
        {
            return vector;
        }

        var minWeight = Math.Max(MinWeight, MinRatio * vector.Entries[0].Weight);
        var heavy = vector.Entries.Count(entry => entry.Weight >= minWeight);
        return vector.TakeTop(Math.Min(Math.Min(MaxTerms, heavy), CountTermsWithMass(vector)));
    }

    private int CountTermsWithMass(SparseVector vector)
    {
        if (MinMass == 1)
        {
            return vector.Count; // rounding must not drop a term
        }

        var missing = MinMass * vector.Entries.Sum(entry => (double)entry.Weight);
        var count = 0;
        while (missing > 0 && count < vector.Count)
        {
            missing -= vector.Entries[count++].Weight;
        }

        return count;
    }
}
