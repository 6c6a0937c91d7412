using LuceneLsr.Orleans.Configuration;
using LuceneLsr.Orleans.Stores;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Orleans.Tests.Configuration;

public sealed class IndexDefinitionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(4, "other", 10f)]
    [InlineData(5, "words", 10f)]
    [InlineData(4, "words", 20f)]
    [InlineData(4, null, null)]
    public async Task Store_of_another_index_is_refused(int shards, string? vocabulary, float? factor)
    {
        var store = new FolderShardStore(_folder.Path);
        var definition = new IndexDefinition(IndexDefinition.CurrentVersion, 4, "words", 10);
        await definition.EnsureAsync(store, Token);
        await definition.EnsureAsync(store, Token);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new IndexDefinition(IndexDefinition.CurrentVersion, shards, vocabulary, factor).EnsureAsync(store, Token));
        Assert.StartsWith(
            "The store holds an index with 4 shards, the vocabulary 'words' and 10 impact units per unit of weight",
            exception.Message);
    }

    [Fact]
    public async Task Store_with_shards_but_without_a_definition_is_refused()
    {
        _folder.Write("shard-00001/log/0000000000000000001", "batch");
        var definition = new IndexDefinition(IndexDefinition.CurrentVersion, 4, null, null);
        var exception = await Assert.ThrowsAsync<InvalidDataException>(
            () => definition.EnsureAsync(new FolderShardStore(_folder.Path), Token));
        Assert.StartsWith("The store has objects but no index.json.", exception.Message);
        Assert.False(File.Exists(_folder.File("index.json")));
    }

    [Fact]
    public async Task Corrupt_definition_is_reported()
    {
        _folder.Write("index.json", "{");
        var definition = new IndexDefinition(IndexDefinition.CurrentVersion, 4, null, null);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => definition.EnsureAsync(new FolderShardStore(_folder.Path), Token));
    }

    public void Dispose() => _folder.Dispose();
}
