using LuceneLsr.Search;

namespace LuceneLsr.Orleans.Clients;

/// <summary>What a query may be.</summary>
internal static class QueryLimits
{
    /// <summary>Checks a query.</summary>
    /// <exception cref="ArgumentException">A part is out of range.</exception>
    public static void Check(ClusterQuery query)
    {
        _ = new ImpactQuery("terms", query.Terms); // checks the terms
        if (query.Top < 1)
        {
            throw new ArgumentException($"The number of hits is {query.Top}, but must be at least 1.", nameof(query));
        }

        if (query.Deadline is { } deadline && (deadline < TimeSpan.Zero || deadline.TotalMilliseconds > int.MaxValue))
        {
            throw new ArgumentException(
                $"The deadline is {deadline}, but must be from 0 to {int.MaxValue} milliseconds.", nameof(query));
        }
    }
}
