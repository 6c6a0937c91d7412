namespace LuceneLsr.Orleans.Messages;

/// <summary>The answer of a replica.</summary>
/// <param name="Hits">The best hits, in the order of <see cref="HitOrder"/>.</param>
/// <param name="TotalHits">The number of matching documents.</param>
/// <param name="Sequence">The last batch that the answer includes.</param>
[GenerateSerializer]
[Immutable]
[Alias("LuceneLsr.Orleans.ShardAnswer")]
internal sealed record ShardAnswer(
    [property: Id(0)] ClusterHit[] Hits, [property: Id(1)] long TotalHits, [property: Id(2)] long Sequence);
