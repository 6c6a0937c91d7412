using LuceneLsr.Orleans.Messages;

namespace LuceneLsr.Orleans.Tests.Messages;

public class ClusterDocumentTests
{
    /// <summary>
    /// Gets functions that create documents which an index would refuse, and what the messages begin with.
    /// </summary>
    public static TheoryData<Func<ClusterDocument>, string> Refused => new()
    {
        { () => new("", [new("t", 1)]), "The id of a document has 0 bytes, but must have from 1 to 1,000." },
        { () => new(new string('x', 1_001), [new("t", 1)]), "The id of a document has 1,001 bytes" },
        { () => new("\ud800", [new("t", 1)]), "The id of a document has an unpaired surrogate" },
        { () => new("d", [new("", 1)]), "A term of document 'd' has 0 bytes" },
        { () => new("d", [new(new string('t', 32_767), 1)]), "A term of document 'd' has 32,767 bytes" },
        { () => new("d", [new("t\udc00", 1)]), "A term of document 'd' has an unpaired surrogate" },
        { () => new("d", [new("t", 0)]), "Term 't' of document 'd' is a duplicate, or its impact 0 is not" },
        { () => new("d", [new("t", 65_536)]), "Term 't' of document 'd' is a duplicate, or its impact 65536 is not" },
        { () => new("d", [new("t", 1), new("t", 1)]), "Term 't' of document 'd' is a duplicate" },
        {
            () => new("d", [], new DocumentField("_id", "x")),
            "Field '_id' of document 'd' has a name that is reserved"
        },
        { () => new("d", [], new DocumentField("", "x")), "The name of a field of document 'd' has 0 bytes" },
        { () => new("d", [], new DocumentField("f", null!)), "Field 'f' of document 'd' is null" },
        {
            () => new("d", [], new DocumentField("f", new string('x', 32_767), true)),
            "Field 'f' of document 'd', which is"
        },
        { () => new("d", [], new DocumentField("f", new string('x', 17 << 20))), "Document 'd' is larger than 16 MiB" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Document_that_an_index_would_refuse_is_refused(Func<ClusterDocument> create, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(create).Message);

    // By the published hashes D24EC4F1A98C6E5B, 44BC2CF5AD770999 and EF46DB3751D8E999 of XXH64.
    [Theory]
    [InlineData("a", 955)]
    [InlineData("abc", 249)]
    [InlineData("", 921)]
    public void Shard_of_an_id_never_changes(string id, int expected) =>
        Assert.Equal(expected, ShardRoute.GetShard(id, shards: 1_000));
}
