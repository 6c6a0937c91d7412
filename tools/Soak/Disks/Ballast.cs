namespace LuceneLsr.Tools.Soak.Disks;

/// <summary>A file that fills a disk.</summary>
/// <param name="folder">A folder on the disk.</param>
internal sealed class Ballast(string folder) : IDisposable
{
    private const int BlockSize = 4096;

    private readonly string _path = Path.Combine(folder, "ballast");

    /// <summary>Gets the size of the disk.</summary>
    public static long GetDiskSize(string folder) => new DriveInfo(folder).TotalSize;

    /// <summary>Fills the disk up to a number of free bytes.</summary>
    public void Fill(long freeBytes)
    {
        var size = Math.Max(0, new DriveInfo(folder).AvailableFreeSpace - freeBytes);
        using var file = File.Create(_path);
        for (var block = new byte[BlockSize]; file.Length < size;)
        {
            file.Write(block);
        }
    }

    /// <summary>Frees the disk.</summary>
    public void Dispose() => File.Delete(_path);
}
