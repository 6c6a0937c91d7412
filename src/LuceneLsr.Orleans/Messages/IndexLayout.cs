namespace LuceneLsr.Orleans.Messages;

/// <summary>How an index is divided.</summary>
/// <param name="Shards">The number of shards.</param>
/// <param name="Replicas">The number of replicas of each shard.</param>
[GenerateSerializer]
[Immutable]
[Alias("LuceneLsr.Orleans.IndexLayout")]
public sealed record IndexLayout([property: Id(0)] int Shards, [property: Id(1)] int Replicas);
