using System.IO.Hashing;
using System.Text;

namespace LuceneLsr.Orleans.Messages;

/// <summary>Assigns documents to shards.</summary>
internal static class ShardRoute
{
    /// <summary>Returns the shard of a document, by a hash of its id that never changes.</summary>
    public static int GetShard(string id, int shards) =>
        (int)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(id)) % (ulong)shards);
}
