namespace LuceneLsr;

/// <summary>
/// Which terms of a vector are kept: static pruning of documents, or an approximation of queries. What is left out
/// saves space or time, and costs some recall; nothing is left out by default.
/// </summary>
public sealed record VectorPruning
{
    /// <summary>Keeps everything.</summary>
    public static VectorPruning None { get; } = new();

    /// <summary>Terms kept at most, the strongest; at least 1.</summary>
    public int MaxTerms
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxTerms), value, "At least one term is kept.");
    } = int.MaxValue;

    /// <summary>Least weight of a term that is kept.</summary>
    public float MinWeight
    {
        get;
        init => field = value >= 0 && float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(MinWeight), value, "A least weight is finite and not negative.");
    }

    /// <summary>Least weight of a term that is kept, as a share of the vector's largest; 0 to 1.</summary>
    public float MinRatio
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(MinRatio), value, "A share is between 0 and 1.");
    }

    /// <summary>The vector of the terms that are kept.</summary>
    public SparseVector Apply(SparseVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (vector.Count == 0)
        {
            return vector;
        }

        var least = Math.Max(MinWeight, MinRatio * vector.Entries[0].Weight);
        return vector.TakeTop(Math.Min(MaxTerms, vector.Entries.Count(entry => entry.Weight >= least)));
    }
}
