namespace LuceneLsr.Orleans.Messages;

/// <summary>The fields of each shard's index that no document may have.</summary>
internal static class ShardFields
{
    /// <summary>The id of a document: indexed, and as a doc value.</summary>
    public const string Id = "_id";

    /// <summary>The impacts.</summary>
    public const string Impacts = "_impacts";
}
