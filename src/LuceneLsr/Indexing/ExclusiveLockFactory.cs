using Lucene.Net.Store;
using Lock = Lucene.Net.Store.Lock;

namespace LuceneLsr.Indexing;

/// <summary>
/// A write lock for <see cref="FSDirectory"/> that keeps a second process from writing to the same index. The operating
/// system holds the lock and releases it when the process ends, even after a crash.
/// </summary>
/// <remarks>
/// Use it wherever two processes might open a writer on one index:
/// <c>FSDirectory.Open(path, new ExclusiveLockFactory())</c>. Lucene.NET's <see cref="NativeFSLockFactory"/> does not
/// exclude other processes on Linux; two writers then delete each other's files.
/// </remarks>
public sealed class ExclusiveLockFactory : FSLockFactory
{
    /// <inheritdoc/>
    public override Lock MakeLock(string lockName) => new ExclusiveLock(GetPath(lockName));

    /// <inheritdoc/>
    public override void ClearLock(string lockName) => File.Delete(GetPath(lockName));

    private string GetPath(string lockName) => Path.Combine(LockDir.FullName, lockName);

    private sealed class ExclusiveLock(string path) : Lock
    {
        private FileStream? _file;

        public override bool Obtain()
        {
            if (_file is not null)
            {
                return false; // an instance can be obtained once
            }

            try
            {
                System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return true;
            }
            catch (IOException exception) when (IsSharingViolation(exception))
            {
                return false;
            }
        }

        public override bool IsLocked()
        {
            using var other = new ExclusiveLock(path);
            return !other.Obtain();
        }

        public override string ToString() =>
            $"{path} is locked by another process. Wait until it finishes, or stop it.";

        protected override void Dispose(bool disposing) => _file?.Dispose();

        private static bool IsSharingViolation(IOException exception) => exception.HResult
            is unchecked((int)0x80070020)  // Windows: ERROR_SHARING_VIOLATION
            or 11 or 35;                   // EWOULDBLOCK of Linux and of macOS
    }
}
