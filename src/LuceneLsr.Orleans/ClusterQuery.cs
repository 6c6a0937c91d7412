using LuceneLsr.Orleans.Messages;
using LuceneLsr.Search;

namespace LuceneLsr.Orleans;

/// <summary>A search of all shards.</summary>
public sealed record ClusterQuery
{
    /// <summary>Creates a query.</summary>
    /// <param name="terms">The distinct terms, each with an impact of at least 1.</param>
    public ClusterQuery(IEnumerable<TermImpact> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Terms = [.. terms];
    }

    /// <summary>Gets the terms.</summary>
    public IReadOnlyList<TermImpact> Terms { get; }

    /// <summary>Gets the number of hits.</summary>
    public int Top { get; init; } = 10;

    /// <summary>Gets the filters, which must all accept a document.</summary>
    public IReadOnlyList<TermFilter> Filters { get; init; } = [];

    /// <summary>Gets the names of the stored fields to load, or null for all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Gets the time for the search, or null for that of the client's options.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>
    /// Gets whether the hits of some shards will do if others do not answer in time. Otherwise the search fails.
    /// </summary>
    public bool AllowPartial { get; init; }

    /// <summary>Checks the query.</summary>
    /// <exception cref="ArgumentException">A part is out of range.</exception>
    internal void Validate()
    {
        _ = new ImpactQuery("terms", Terms); // checks the terms
        if (Top < 1)
        {
            throw new ArgumentException($"The number of hits is {Top}, but must be at least 1.");
        }

        if (Deadline is { } deadline && (deadline < TimeSpan.Zero || deadline.TotalMilliseconds > int.MaxValue))
        {
            throw new ArgumentException(
                $"The deadline is {deadline}, but must be from 0 to {int.MaxValue} milliseconds.");
        }
    }
}
