namespace LuceneLsr.Orleans.Messages;

/// <summary>The state of a replica.</summary>
/// <param name="Shard">The shard, counted from 0.</param>
/// <param name="Replica">The replica, counted from 0.</param>
/// <param name="Silo">The address of the silo, or null if the replica did not answer.</param>
/// <param name="Sequence">
/// The number of the last batch that it includes, or null if it cannot be searched yet, because it is catching up.
/// </param>
/// <param name="Documents">The number of its documents.</param>
/// <param name="SizeInBytes">The size of its index on the local disk.</param>
[GenerateSerializer]
[Immutable]
[Alias("LuceneLsr.Orleans.ReplicaStatus")]
public sealed record ReplicaStatus(
    [property: Id(0)] int Shard, [property: Id(1)] int Replica, [property: Id(2)] string? Silo,
    [property: Id(3)] long? Sequence, [property: Id(4)] int Documents, [property: Id(5)] long SizeInBytes);
