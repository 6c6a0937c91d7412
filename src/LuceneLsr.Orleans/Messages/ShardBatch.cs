namespace LuceneLsr.Orleans.Messages;

/// <summary>
/// Changes of one shard, which become visible together: deletions first, then documents. The last of several documents
/// with one id counts.
/// </summary>
/// <param name="Shards">The number of shards that the client routed by.</param>
/// <param name="Documents">The documents to add or replace.</param>
/// <param name="DeletedIds">The ids of documents to delete.</param>
[GenerateSerializer]
[Immutable]
[Alias("LuceneLsr.Orleans.ShardBatch")]
internal sealed record ShardBatch(
    [property: Id(0)] int Shards, [property: Id(1)] ClusterDocument[] Documents, [property: Id(2)] string[] DeletedIds)
{
    /// <summary>Checks that an index accepts the batch, and that its shard is the right one.</summary>
    /// <exception cref="ArgumentException">It does not belong to the shard, or a document is out of range.</exception>
    public void Check(int shard, int shards)
    {
        Array.ForEach(Documents, DocumentLimits.Check);
        Array.ForEach(DeletedIds, DocumentLimits.CheckId);
        if (Shards != shards || GetIds().Any(id => ShardRoute.GetShard(id, shards) != shard))
        {
            throw new ArgumentException(
                $"A batch for an index of {Shards} shards does not belong to shard {shard} of {shards}. Create the "
                + "client anew.");
        }
    }

    /// <summary>Returns the ids of all documents that the batch changes.</summary>
    public IEnumerable<string> GetIds() => Documents.Select(document => document.Id).Concat(DeletedIds);
}
