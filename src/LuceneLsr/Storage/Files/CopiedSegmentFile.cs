using Lucene.Net.Store;

namespace LuceneLsr.Storage.Files;

/// <summary>Copies each slice of a file into memory, for directories that cannot be memory-mapped.</summary>
internal sealed class CopiedSegmentFile(IndexInput input) : SegmentFile
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
