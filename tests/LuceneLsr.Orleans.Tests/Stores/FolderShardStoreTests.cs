using LuceneLsr.Orleans.Stores;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Orleans.Tests.Stores;

public sealed class FolderShardStoreTests : ShardStoreTests
{
    private readonly TemporaryFolder _folder = new();

    protected override IShardStore Store => new FolderShardStore(_folder.File("store"));

    [Fact]
    public async Task Unfinished_file_is_not_listed()
    {
        _folder.Write("store/a/1.0123.tmp", "half");
        Assert.Empty(await Store.ListAsync("a/", TestContext.Current.CancellationToken));
    }

    // As root may write to any folder, a file stands where the folder should be.
    [Fact]
    public async Task Write_that_fails_leaves_nothing()
    {
        _folder.Write("store/a", "file");
        await Assert.ThrowsAnyAsync<IOException>(
            () => Store.TryCreateAsync("a/1", new byte[] { 1 }, TestContext.Current.CancellationToken));
        Assert.Equal("file", await File.ReadAllTextAsync(_folder.File("store/a"), TestContext.Current.CancellationToken));
    }

    // A file system of 64 KiB, where the machine allows one.
    [Fact]
    public async Task Full_disk_fails_the_write_and_the_next_write_succeeds_when_there_is_room()
    {
        var token = TestContext.Current.CancellationToken;
        using var disk = SmallDisk.TryMount(_folder.File("disk"));
        Assert.SkipWhen(disk is null, "Only root of a Linux system can mount a small disk.");
        var store = new FolderShardStore(disk.Path);
        Assert.True(await store.TryCreateAsync("a/1", new byte[40_000], token));
        await Assert.ThrowsAnyAsync<IOException>(() => store.TryCreateAsync("a/2", new byte[40_000], token));
        Assert.Equal(["a/1"], await store.ListAsync("a/", token));
        await store.DeleteAsync("a/1", token);
        Assert.True(await store.TryCreateAsync("a/2", new byte[40_000], token));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }
}
