using LuceneLsr.Orleans.Messages;

namespace LuceneLsr.Orleans;

/// <summary>The result of a search of all shards.</summary>
/// <param name="Hits">The best hits in the order of <see cref="HitOrder"/>.</param>
/// <param name="TotalHits">The number of matching documents in the shards that answered.</param>
/// <param name="MissingShards">The shards that did not answer in time; none unless the query allows it.</param>
public sealed record ClusterResult(
    IReadOnlyList<ClusterHit> Hits, long TotalHits, IReadOnlyList<int> MissingShards)
{
    /// <summary>Gets whether hits of some shards are missing.</summary>
    public bool IsPartial => MissingShards.Count > 0;
}
