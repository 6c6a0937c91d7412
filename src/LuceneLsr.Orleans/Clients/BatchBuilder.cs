using LuceneLsr.Orleans.Messages;

namespace LuceneLsr.Orleans.Clients;

/// <summary>Divides changes into batches of one shard that are small enough for a message.</summary>
internal static class BatchBuilder
{
    private const int MaxItems = 1_000;
    private const long MaxSize = 4 << 20; // in bytes; a batch has at least one document, which may be larger

    /// <summary>Returns the batches of each shard, in the order of the documents.</summary>
    public static IEnumerable<(int Shard, IReadOnlyList<ShardBatch> Batches)> Build(
        IEnumerable<ClusterDocument> documents, int shards) =>
        from document in documents
        group document by ShardRoute.GetShard(document.Id, shards) into shard
        select (
            shard.Key,
            (IReadOnlyList<ShardBatch>)[.. Divide(shard).Select(part => new ShardBatch(shards, part, []))]);

    /// <summary>Returns the batches of each shard that delete documents.</summary>
    public static IEnumerable<(int Shard, IReadOnlyList<ShardBatch> Batches)> BuildDeletions(
        IEnumerable<string> ids, int shards) =>
        from id in ids
        group id by ShardRoute.GetShard(id, shards) into shard
        select (shard.Key,
            (IReadOnlyList<ShardBatch>)[.. shard.Chunk(MaxItems).Select(part => new ShardBatch(shards, [], part))]);

    private static IEnumerable<ClusterDocument[]> Divide(IEnumerable<ClusterDocument> documents)
    {
        var (part, size) = (new List<ClusterDocument>(), 0L);
        foreach (var document in documents)
        {
            var documentSize = DocumentLimits.GetSize(document);
            if (part.Count > 0 && (part.Count == MaxItems || size + documentSize > MaxSize))
            {
                yield return [.. part];
                part.Clear();
                size = 0;
            }

            part.Add(document);
            size += documentSize;
        }

        if (part.Count > 0)
        {
            yield return [.. part];
        }
    }
}
