using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Storage.Layouts;

/// <summary>One term's postings in one segment, encoded in a layout.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Count">Number of postings.</param>
/// <param name="MaxImpact">Largest impact.</param>
/// <param name="MaxDoc">Number of documents in the segment.</param>
/// <param name="Bytes">The encoded postings; numbers are little-endian and unaligned.</param>
internal sealed record EncodedPostings(
    PostingLayout Layout, int Count, int MaxImpact, int MaxDoc, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Opens a cursor before the first posting.</summary>
    public BlockCursor OpenCursor() => Layout switch
    {
        PostingLayout.Packed => PackedLayout.OpenCursor(this),
        PostingLayout.Dense => new DenseLayout.Cursor(this),
        PostingLayout.RangedUInt8 => new RangedLayout<byte>.Cursor(this),
        PostingLayout.RangedUInt16 => new RangedLayout<ushort>.Cursor(this),
        PostingLayout.RangedInt32 => new RangedLayout<int>.Cursor(this),
        PostingLayout.Bitmap => new BitmapLayout.Cursor(this),
        _ => throw PostingLayouts.CreateUnknownLayoutException(Layout),
    };
}
