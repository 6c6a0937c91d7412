using Lucene.Net.Store;
using Lock = Lucene.Net.Store.Lock;

namespace LuceneLsr.Tools.Search;

/// <summary>
/// A write lock that the operating system keeps between processes and gives up when one of them dies. Lucene.NET's
/// native lock lets a second process write as well on Linux, and the two then delete each other's files.
/// </summary>
internal sealed class ExclusiveLockFactory : FSLockFactory
{
    public override Lock MakeLock(string lockName) => new ExclusiveLock(PathOf(lockName));

    public override void ClearLock(string lockName) => File.Delete(PathOf(lockName));

    private string PathOf(string lockName) => Path.Combine(LockDir.FullName, lockName);

    private sealed class ExclusiveLock(string path) : Lock
    {
        private FileStream? _file;

        public override bool Obtain()
        {
            if (_file is not null)
            {
                return false; // a lock is obtained once
            }

            try
            {
                System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }

        public override bool IsLocked()
        {
            using var other = new ExclusiveLock(path);
            return !other.Obtain();
        }

        public override string ToString() => $"{path} is held by another process; let it finish, or stop it.";

        protected override void Dispose(bool disposing) => _file?.Dispose();
    }
}
