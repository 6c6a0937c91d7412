using System.Globalization;

namespace LuceneLsr.Tools.Benchmarks.Measurement;

/// <summary>Counts what this process reads from the disk, page faults on mapped files included.</summary>
internal static class DiskReads
{
    private const string Field = "read_bytes: "; // see proc_pid_io(5)

    /// <summary>Returns the bytes that were read so far, or null on systems other than Linux.</summary>
    public static long? Count() => !OperatingSystem.IsLinux() ? null : File.ReadLines("/proc/self/io")
        .Where(line => line.StartsWith(Field, StringComparison.Ordinal))
        .Select(line => long.Parse(line.AsSpan(Field.Length), CultureInfo.InvariantCulture))
        .Single();
}
