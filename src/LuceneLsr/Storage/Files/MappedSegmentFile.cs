using System.IO.MemoryMappedFiles;
using Lucene.Net.Util;

namespace LuceneLsr.Storage.Files;

/// <summary>Maps a file, or a part of a compound file, into memory.</summary>
internal sealed class MappedSegmentFile : SegmentFile
{
    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public MappedSegmentFile(string path, long offset, long length)
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

    /// <summary>Unmaps the file once no slice is pinned.</summary>
    public override void Dispose() => IOUtils.Dispose(_view, _file);

    protected override ReadOnlyMemory<byte> Read(long offset, int length) =>
        new MappedSlice(_view.SafeMemoryMappedViewHandle, _view.PointerOffset + offset, length).Memory;
}
