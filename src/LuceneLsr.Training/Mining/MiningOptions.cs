namespace LuceneLsr.Training.Mining;

/// <summary>Selects which documents become hard negatives.</summary>
public sealed record MiningOptions
{
    /// <summary>Gets the number of top documents per ranking to consider; at least 1.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>Gets the maximum number of negatives per pair; at least 1.</summary>
    public int Negatives { get; init; } = 15;

    /// <summary>
    /// Gets the maximum score of a negative as a share of the relevant document's score; finite and greater than zero.
    /// Documents with higher scores are probably relevant but unjudged.
    /// </summary>
    public double MaxPositiveShare { get; init; } = 0.95;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Negatives, 1);
        if (!double.IsFinite(MaxPositiveShare) || MaxPositiveShare <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(MaxPositiveShare), MaxPositiveShare, "The share must be finite and greater than zero.");
        }
    }
}
