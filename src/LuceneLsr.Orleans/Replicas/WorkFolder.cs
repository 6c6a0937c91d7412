using LuceneLsr.Indexing;
using LuceneLsr.Orleans.Configuration;
using Microsoft.Extensions.Options;
using Lock = Lucene.Net.Store.Lock;

namespace LuceneLsr.Orleans.Replicas;

/// <summary>
/// The local folder of a silo. A lock shows that the silo is alive; the next silo deletes what a crashed one left.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string LockName = "silo.lock";

    private readonly string _path;
    private readonly Lock _lock;

    /// <summary>Creates the folder, and deletes those of silos that are no longer alive.</summary>
    public WorkFolder(IOptions<LsrShardOptions> options)
    {
        var root = Path.GetFullPath(options.Value.LocalFolder);
        _path = Path.Combine(root, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(_path);
        _lock = CreateLock(_path);
        if (!_lock.Obtain())
        {
            throw new IOException($"{_path} is locked, although it is new.");
        }

        foreach (var other in Directory.GetDirectories(root).Where(other => other != _path))
        {
            DeleteIfUnused(other);
        }
    }

    /// <summary>Creates an empty folder for an index.</summary>
    public string CreateFolder() =>
        Directory.CreateDirectory(Path.Combine(_path, Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>
    /// Deletes the folder of an index. On Windows files of searches in progress stay until the silo stops.
    /// </summary>
    public static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder is a cache. What is left is deleted with the folder of the silo.
        }
    }

    /// <summary>Deletes the folder.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        Delete(_path);
    }

    // A folder without a lock file may be new.
    private static void DeleteIfUnused(string path)
    {
        using var other = CreateLock(path);
        if (File.Exists(Path.Combine(path, LockName)) && other.Obtain())
        {
            Delete(path);
        }
    }

    private static Lock CreateLock(string path)
    {
        var factory = new ExclusiveLockFactory();
        using var directory = Lucene.Net.Store.FSDirectory.Open(path, factory);
        return factory.MakeLock(LockName);
    }
}
