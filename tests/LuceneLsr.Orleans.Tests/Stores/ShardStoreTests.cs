using LuceneLsr.Orleans.Stores;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Orleans.Tests.Stores;

/// <summary>What every store must do.</summary>
public abstract class ShardStoreTests : IDisposable
{
    private readonly TemporaryFolder _local = new();

    /// <summary>Gets the store under test.</summary>
    protected abstract IShardStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Object_is_created_by_only_one_of_many_writers()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = $"race/{round}";
            byte[][] contents = [.. Enumerable.Range(0, 8).Select(writer => new byte[] { (byte)writer, 1, 2, 3 })];
            var created = await Task.WhenAll(contents.Select(content => Store.TryCreateAsync(key, content, Token)));
            var winner = Assert.Single(created.Index(), result => result.Item).Index;
            Assert.Equal(contents[winner], await Store.TryReadAsync(key, Token));
        }
    }

    [Fact]
    public async Task Missing_object_is_null_and_its_download_fails()
    {
        Assert.Null(await Store.TryReadAsync("none/1", Token));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Store.DownloadAsync("none/1", _local.File("x"), Token));
        await Store.DeleteAsync("none/1", Token);
        Assert.Empty(await Store.ListAsync("none/", Token));
    }

    [Fact]
    public async Task List_has_keys_of_the_prefix_in_ordinal_order()
    {
        foreach (var key in new[] { "a/2", "a/10", "a/b/1", "ab/1", "b/1" })
        {
            await Store.TryCreateAsync(key, new byte[] { 1 }, Token);
        }

        Assert.Equal(["a/10", "a/2", "a/b/1"], await Store.ListAsync("a/", Token));
        await Store.DeleteAsync("a/2", Token);
        Assert.Equal(["a/10", "a/b/1"], await Store.ListAsync("a/", Token));
    }

    [Fact]
    public async Task Uploaded_file_replaces_an_object_and_is_downloaded_again()
    {
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        await Store.TryCreateAsync("files/1", new byte[] { 1 }, Token);
        await Store.UploadAsync("files/1", _local.Write("in", bytes), Token);
        await Store.DownloadAsync("files/1", _local.File("out"), Token);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_local.File("out"), Token));
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _local.Dispose();
}
