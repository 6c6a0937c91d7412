using Lucene.Net.Index;
using Lucene.Net.Store;

namespace LuceneLsr.Storage.Files;

/// <summary>
/// Reads parts of a segment's file as memory. In an <see cref="MMapDirectory"/>, which
/// <see cref="FSDirectory.Open(string)"/> returns on 64-bit Linux and Windows, the file is memory-mapped, even inside a
/// compound file or behind Lucene's <see cref="WrappedDirectories"/>, and nothing is copied. In any other directory
/// each slice is a copy.
/// </summary>
/// <remarks>
/// Disposing the file unmaps its memory, so pin a slice while reading it. Pinning a slice of a disposed file throws
/// <see cref="ObjectDisposedException"/>, as reading from a closed index does.
/// </remarks>
internal abstract class SegmentFile : IDisposable
{
    /// <summary>Gets the length of the file in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Gets whether slices are memory-mapped instead of copied.</summary>
    public abstract bool IsMapped { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="directory">The segment's directory, or its compound file.</param>
    /// <param name="name">The file's name.</param>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static SegmentFile Open(Lucene.Net.Store.Directory directory, string name) =>
        TryMap(directory, name) ?? (SegmentFile)new CopiedSegmentFile(directory.OpenInput(name, IOContext.READ));

    /// <summary>Opens a file if it can be memory-mapped, or returns null.</summary>
    /// <param name="directory">The segment's directory, or its compound file.</param>
    /// <param name="name">The file's name.</param>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static SegmentFile? TryMap(Lucene.Net.Store.Directory directory, string name)
    {
        var compound = directory as CompoundFileDirectory;
        var file = compound?.Name ?? name;
        if (WrappedDirectories.Unwrap(compound?.Directory ?? directory, file) is not FSDirectory folder
            || !IsMapping(folder))
        {
            return null;
        }

        var path = Path.Combine(folder.Directory.FullName, file);
        var (offset, length) = compound is null
            ? (0, new FileInfo(path).Length)
            : CompoundFileLocator.Locate(compound.Directory, file, name);
        return new MappedSegmentFile(path, offset, length);
    }

    /// <summary>Returns a part of the file. Pin it while reading.</summary>
    /// <exception cref="CorruptIndexException">The part is not inside the file.</exception>
    public ReadOnlyMemory<byte> Slice(long offset, int length) =>
        offset >= 0 && length >= 0 && offset <= Length - length
            ? Read(offset, length)
            : throw new CorruptIndexException(
                $"Bytes {offset} to {offset + length} are outside the file of {Length} bytes (resource: {this}). "
                + "Run Lucene's CheckIndex on the index.");

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Reads a part that is inside the file.</summary>
    protected abstract ReadOnlyMemory<byte> Read(long offset, int length);

    // Only the class itself: a derived directory may encrypt its files.
    private static bool IsMapping(FSDirectory folder) => folder.GetType() == typeof(MMapDirectory);
}
