using System.Globalization;
using System.Runtime.InteropServices;

namespace LuceneLsr.Tools.Benchmarks.Measurement;

/// <summary>
/// The process's resident memory in bytes around a piece of work, as Linux reports it: VmRSS before it, after free
/// memory went back to the system, and the peak, VmHWM, which is reset before it.
/// </summary>
/// <param name="Before">The resident memory before the work.</param>
/// <param name="Peak">The peak resident memory during the work.</param>
internal sealed record ResidentMemory(long Before, long Peak)
{
    /// <summary>Gets the memory that the work added at its peak.</summary>
    public long Added => Peak - Before;

    /// <summary>Runs work and measures its memory.</summary>
    /// <returns>The memory, or null on systems other than Linux.</returns>
    public static ResidentMemory? Measure(Action work)
    {
        if (!OperatingSystem.IsLinux())
        {
            work();
            return null;
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        _ = TrimHeap(0);
        File.WriteAllText("/proc/self/clear_refs", "5"); // resets the peak, see proc_pid_clear_refs(5)
        var before = ReadStatus("VmRSS:");
        work();
        return new ResidentMemory(before, ReadStatus("VmHWM:"));
    }

    private static long ReadStatus(string field) => File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith(field, StringComparison.Ordinal))
        .Select(line => 1024 * long.Parse(line.Split()[^2], CultureInfo.InvariantCulture)) // "VmRSS:   2160 kB"
        .Single();

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TrimHeap(nuint padding);
}
