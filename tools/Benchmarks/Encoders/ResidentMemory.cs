using System.Globalization;
using System.Runtime.InteropServices;

namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>
/// The process's resident memory in bytes around some work, as Linux counts it: VmRSS before, once what is free has
/// been given back, and VmHWM after, which starts anew in between.
/// </summary>
/// <param name="Before">Before the work.</param>
/// <param name="Peak">The most of it during the work.</param>
internal sealed record ResidentMemory(long Before, long Peak)
{
    /// <summary>What the work added at its peak.</summary>
    public long Added => Peak - Before;

    /// <summary>Does the work; null where memory is not counted, which is everywhere but on Linux.</summary>
    public static ResidentMemory? Of(Action work)
    {
        if (!OperatingSystem.IsLinux())
        {
            work();
            return null;
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        _ = Trim(0);
        File.WriteAllText("/proc/self/clear_refs", "5"); // see proc_pid_clear_refs(5): the peak is reset
        var before = Read("VmRSS:");
        work();
        return new ResidentMemory(before, Read("VmHWM:"));
    }

    private static long Read(string field) => File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith(field, StringComparison.Ordinal))
        .Select(line => 1024 * long.Parse(line.Split()[^2], CultureInfo.InvariantCulture)) // "VmRSS:   2160 kB"
        .Single();

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint padding);
}
