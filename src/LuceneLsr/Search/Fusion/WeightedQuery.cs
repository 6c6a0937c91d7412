using Lucene.Net.Search;

namespace LuceneLsr.Search.Fusion;

/// <summary>A query and the weight of its scores in a combination of queries.</summary>
public sealed record WeightedQuery
{
    /// <summary>Creates the pair.</summary>
    /// <param name="query">The query.</param>
    /// <param name="weight">The factor on its scores.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative, infinite or not a number.</exception>
    public WeightedQuery(Query query, float weight = 1)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!float.IsFinite(weight) || weight < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(weight), weight, "The weight of a query must be a number of at least 0.");
        }

        (Query, Weight) = (query, weight);
    }

    /// <summary>Gets the query.</summary>
    public Query Query { get; }

    /// <summary>Gets the factor on the scores of the query.</summary>
    public float Weight { get; }
}
