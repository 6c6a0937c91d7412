using System.IO.Hashing;

namespace LuceneLsr.Orleans.Logs;

/// <summary>A file of a snapshot.</summary>
/// <param name="Name">Its name in the index.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Hash">The XxHash3 of its contents.</param>
internal sealed record SnapshotFile(string Name, long Length, ulong Hash)
{
    /// <summary>Describes a file on the local disk.</summary>
    public static SnapshotFile Describe(string path)
    {
        using var file = File.OpenRead(path);
        var hash = new XxHash3();
        hash.Append(file);
        return new(Path.GetFileName(path), file.Length, hash.GetCurrentHashAsUInt64());
    }
}
