namespace LuceneLsr.Training.Mining;

/// <summary>Which documents become hard negatives.</summary>
public sealed record MiningOptions
{
    /// <summary>How many of a ranking's best documents are looked at; at least 1.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>Negatives a pair, at most; at least 1.</summary>
    public int Negatives { get; init; } = 15;

    /// <summary>
    /// The most that a negative may score, as a share of the relevant document's score; finite and above zero. What
    /// scores higher is taken for relevant, though nobody judged it.
    /// </summary>
    public double MostOfPositive { get; init; } = 0.95;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Negatives, 1);
        if (!double.IsFinite(MostOfPositive) || MostOfPositive <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(MostOfPositive), MostOfPositive, "A share is finite and above zero.");
        }
    }
}
