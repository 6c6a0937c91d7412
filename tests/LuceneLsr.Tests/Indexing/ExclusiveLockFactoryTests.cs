using Lucene.Net.Store;
using LuceneLsr.Indexing;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Tests.Indexing;

public sealed class ExclusiveLockFactoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Obtain_while_another_factory_holds_lock_fails_until_release()
    {
        using FSDirectory first = Open(), second = Open();
        using var held = first.MakeLock("write.lock");
        using var wanted = second.MakeLock("write.lock");
        Assert.True(held.Obtain());
        Assert.True(wanted.IsLocked());
        Assert.False(wanted.Obtain());
        Assert.Contains("locked by another process", wanted.ToString(), StringComparison.Ordinal);

        held.Dispose();
        Assert.False(wanted.IsLocked());
        Assert.True(wanted.Obtain());
    }

    /// <summary>"Locked by another process" would send the user on a search for one.</summary>
    [Fact]
    public void Obtain_where_no_file_can_be_written_throws_the_cause()
    {
        File.CreateSymbolicLink(_folder.File("write.lock"), _folder.File("missing/folder"));
        using var directory = Open();
        using var wanted = directory.MakeLock("write.lock");
        Assert.Throws<FileNotFoundException>(() => wanted.Obtain());
    }

    private FSDirectory Open() => FSDirectory.Open(_folder.Path, new ExclusiveLockFactory());
}
