using System.Runtime.InteropServices;

namespace LuceneLsr.Tools.Benchmarks.Measurement;

/// <summary>Removes files from the page cache of Linux, as if the machine had just started.</summary>
internal static class PageCache
{
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED

    /// <summary>Removes all files of a folder that no process maps.</summary>
    /// <returns>Whether this system can; otherwise nothing is done.</returns>
    /// <exception cref="IOException">The system refuses.</exception>
    public static bool TryEvict(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        foreach (var path in Directory.EnumerateFiles(folder))
        {
            using var file = File.OpenHandle(path);
            RandomAccess.FlushToDisk(file); // pages that are not written yet would stay
            var error = Advise(file, 0, 0, DontNeed);
            if (error != 0)
            {
                throw new IOException($"{path} cannot be removed from the page cache: error {error}.");
            }
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "posix_fadvise64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(SafeHandle file, long offset, long length, int advice);
}
