using System.IO.MemoryMappedFiles;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace LuceneLsr.Storage.Files;

/// <summary>
/// A file of a segment as memory. In an <see cref="MMapDirectory"/>, which <see cref="FSDirectory.Open(string)"/> gives on
/// 64-bit Linux and Windows, it is mapped, by itself or inside a compound file, and nothing is copied; in any other
/// directory each slice is a copy.
/// </summary>
/// <remarks>
/// Mapped memory is gone once the file is disposed: who reads a slice pins it meanwhile. Pinning then throws
/// <see cref="ObjectDisposedException"/>, as reading from a closed index does.
/// </remarks>
internal abstract class SegmentFile : IDisposable
{
    /// <summary>Bytes of the file.</summary>
    public abstract long Length { get; }

    /// <summary>Whether slices are mapped and not copied.</summary>
    public abstract bool IsMapped { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="directory">The segment's directory, or its compound file.</param>
    /// <param name="name">The file's name.</param>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static SegmentFile Open(Lucene.Net.Store.Directory directory, string name) =>
        Map(directory, name) ?? (SegmentFile)new Copied(directory.OpenInput(name, IOContext.READ));

    /// <summary>Opens a file if it can be mapped, or returns null.</summary>
    /// <param name="directory">The segment's directory, or its compound file.</param>
    /// <param name="name">The file's name.</param>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static SegmentFile? Map(Lucene.Net.Store.Directory directory, string name)
    {
        switch (directory)
        {
            case FSDirectory folder when IsMapping(folder):
                var path = Path.Combine(folder.Directory.FullName, name);
                return new Mapped(path, 0, new FileInfo(path).Length);
            case CompoundFileDirectory { Directory: FSDirectory folder } compound when IsMapping(folder):
                var (offset, length) = SliceWatch.Find(folder, compound.Name, name);
                return new Mapped(Path.Combine(folder.Directory.FullName, compound.Name), offset, length);
            default:
                return null;
        }
    }

    /// <summary>A part of the file, to be pinned while it is read.</summary>
    /// <exception cref="CorruptIndexException">It does not lie in the file.</exception>
    public ReadOnlyMemory<byte> Slice(long offset, int length) =>
        offset >= 0 && length >= 0 && offset <= Length - length
            ? Read(offset, length)
            : throw new CorruptIndexException(
                $"{length} bytes at {offset} do not lie in a file of {Length} bytes (resource: {this})");

    /// <inheritdoc/>
    public abstract void Dispose();

    // What derives from it may encrypt what it writes.
    private static bool IsMapping(FSDirectory folder) => folder.GetType() == typeof(MMapDirectory);

    /// <summary>A part that lies in the file.</summary>
    protected abstract ReadOnlyMemory<byte> Read(long offset, int length);

    private sealed class Mapped : SegmentFile
    {
        private readonly string _path;
        private readonly MemoryMappedFile _file;
        private readonly MemoryMappedViewAccessor _view;

        public Mapped(string path, long offset, long length)
        {
            _path = path;
            Length = length;
            _file = MemoryMappedFile.CreateFromFile(
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete),
                mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            try
            {
                _view = _file.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read);
            }
            catch
            {
                _file.Dispose();
                throw;
            }
        }

        public override bool IsMapped => true;

        public override long Length { get; }

        public override string ToString() => _path;

        public override void Dispose()
        {
            IOUtils.Dispose(_view, _file); // unmaps it once no slice is pinned
        }

        protected override ReadOnlyMemory<byte> Read(long offset, int length) =>
            new MappedSlice(_view.SafeMemoryMappedViewHandle, _view.PointerOffset + offset, length).Memory;
    }

    private sealed class Copied(IndexInput input) : SegmentFile
    {
        public override bool IsMapped => false;

        public override long Length => input.Length;

        public override string ToString() => input.ToString()!;

        public override void Dispose() => input.Dispose();

        protected override ReadOnlyMemory<byte> Read(long offset, int length)
        {
            var bytes = new byte[length];
            var source = (IndexInput)input.Clone();
            source.Seek(offset);
            source.ReadBytes(bytes, 0, length);
            return bytes;
        }
    }

    /// <summary>A folder that tells where in a compound file another file lies, which Lucene keeps to itself.</summary>
    private sealed class SliceWatch(FSDirectory directory) : FilterDirectory(directory)
    {
        private (long Offset, long Length) _last;

        public static (long Offset, long Length) Find(FSDirectory directory, string compound, string name)
        {
            var watch = new SliceWatch(directory);
            using var files = new CompoundFileDirectory(watch, compound, IOContext.READ, openForWrite: false);
            using var input = files.OpenInput(name, IOContext.READ);
            return watch._last;
        }

        public override IndexInputSlicer CreateSlicer(string name, IOContext context) =>
            new Slicer(this, base.CreateSlicer(name, context));

        private sealed class Slicer(SliceWatch watch, IndexInputSlicer slicer) : IndexInputSlicer
        {
            public override IndexInput OpenSlice(string sliceDescription, long offset, long length)
            {
                watch._last = (offset, length);
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
}
