namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>Options of a <see cref="Sweep"/>.</summary>
public sealed record SweepOptions
{
    /// <summary>Gets whether to leave out the document with the id of the query, as BEIR does for some collections.</summary>
    public bool IgnoresIdenticalIds { get; init; }

    /// <summary>Gets the number of hits per query when queries are timed, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int TimedHits
    {
        get;
        init => field = AtLeastOne(value, nameof(TimedHits));
    } = 10;

    /// <summary>Gets the number of timed rounds, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Rounds
    {
        get;
        init => field = AtLeastOne(value, nameof(Rounds));
    } = 5;

    /// <summary>Gets whether to time queries again that were timed before.</summary>
    public bool TimesAgain { get; init; }

    /// <summary>Gets the callback for each point whose effectiveness is known, on any thread.</summary>
    public Action<SweepPoint, PointEffect>? OnEvaluated { get; init; }

    /// <summary>Gets the callback for each round of timing, and for the warm-up before them.</summary>
    public Action? OnTimed { get; init; }

    private static int AtLeastOne(int value, string property) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(property, value, $"{property} must be at least 1.");
}
