using LuceneLsr.Orleans.Stores;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Orleans.Tests.Stores;

public sealed class FolderShardStoreTests : ShardStoreTests
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected override IShardStore Store => new FolderShardStore(_folder.File("store"));

    [Fact]
    public async Task Unfinished_file_is_not_listed()
    {
        _folder.Write("store/a/1.0123.tmp", "half");
        Assert.Empty(await Store.ListAsync("a/", Token));
    }

    // As root may write to any folder, a file stands where the folder should be.
    [Fact]
    public async Task Write_that_fails_leaves_nothing()
    {
        _folder.Write("store/a", "file");
        await Assert.ThrowsAnyAsync<IOException>(
            () => Store.TryCreateAsync("a/1", new byte[] { 1 }, Token));
        Assert.Equal("file", await File.ReadAllTextAsync(_folder.File("store/a"), Token));
    }

    // A file system of 64 KiB, where the machine allows one.
    [Fact]
    public async Task Full_disk_fails_the_write_and_the_next_write_succeeds_when_there_is_room()
    {
        using var disk = SmallDisk.TryMount(_folder.File("disk"));
        Assert.SkipWhen(disk is null, "Only root of a Linux system can mount a small disk.");
        var store = new FolderShardStore(disk.Path);
        Assert.True(await store.TryCreateAsync("a/1", new byte[40_000], Token));
        await Assert.ThrowsAnyAsync<IOException>(() => store.TryCreateAsync("a/2", new byte[40_000], Token));
        Assert.Equal(["a/1"], await store.ListAsync("a/", Token));
        await store.DeleteAsync("a/1", Token);
        Assert.True(await store.TryCreateAsync("a/2", new byte[40_000], Token));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }
}
