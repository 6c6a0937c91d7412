using Lucene.Net.Store;

namespace LuceneLsr.Storage.Files;

/// <summary>
/// Locates a file inside a compound file. Lucene keeps the location private, so this directory records the slice that
/// Lucene opens.
/// </summary>
internal sealed class CompoundFileLocator : FilterDirectory
{
    private (long Offset, long Length) _lastSlice;

    private CompoundFileLocator(Lucene.Net.Store.Directory directory)
        : base(directory)
    {
    }

    /// <summary>Returns where a file lies in a compound file, in bytes.</summary>
    /// <param name="directory">The segment's directory.</param>
    /// <param name="compound">Name of the compound file.</param>
    /// <param name="name">Name of the file inside the compound file.</param>
    /// <exception cref="IOException">A file does not exist or cannot be read.</exception>
    public static (long Offset, long Length) Locate(
        Lucene.Net.Store.Directory directory, string compound, string name)
    {
        var locator = new CompoundFileLocator(directory);
        using var files = new CompoundFileDirectory(locator, compound, IOContext.READ, openForWrite: false);
        using var input = files.OpenInput(name, IOContext.READ);
        return locator._lastSlice;
    }

    public override IndexInputSlicer CreateSlicer(string name, IOContext context) =>
        new RecordingSlicer(this, base.CreateSlicer(name, context));

    private sealed class RecordingSlicer(CompoundFileLocator locator, IndexInputSlicer slicer) : IndexInputSlicer
    {
        public override IndexInput OpenSlice(string sliceDescription, long offset, long length)
        {
            locator._lastSlice = (offset, length);
            return slicer.OpenSlice(sliceDescription, offset, length);
        }

        [Obsolete("Only for files of Lucene 3.")]
        public override IndexInput OpenFullSlice() => slicer.OpenFullSlice();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                slicer.Dispose();
            }
        }
    }
}
