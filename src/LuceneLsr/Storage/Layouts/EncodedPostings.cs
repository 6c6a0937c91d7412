using System.Buffers;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Storage.Layouts;

/// <summary>One term's postings in one segment, laid out for evaluation term at a time.</summary>
/// <param name="Layout">How they lie.</param>
/// <param name="Count">How many there are.</param>
/// <param name="MaxImpact">The largest impact.</param>
/// <param name="MaxDoc">Documents of the segment.</param>
/// <param name="Bytes">The postings; numbers lie little-endian, at any address.</param>
internal sealed record EncodedPostings(
    PostingLayout Layout, int Count, int MaxImpact, int MaxDoc, ReadOnlyMemory<byte> Bytes)
{
    // A term in more documents than this share of them takes less time, and hardly more space, as a row of bytes.
    private const int DenseShare = 8;

    // With impacts of four bytes these still fit an array.
    private const int MostInWindows = 1 << 28;

    /// <summary>The fastest layout for a term's postings.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="maxImpact">The largest impact.</param>
    /// <param name="maxDoc">Documents of the segment.</param>
    public static PostingLayout Fastest(int count, int maxImpact, int maxDoc) => maxImpact switch
    {
        // The offsets of a rare term's windows would take more than its postings.
        _ when count < 2 * DocumentRanges.Count(maxDoc) || count > MostInWindows => PostingLayout.Packed,
        <= byte.MaxValue when count > maxDoc / DenseShare => PostingLayout.Dense,
        <= byte.MaxValue => PostingLayout.RangedUInt8,
        <= ushort.MaxValue => PostingLayout.RangedUInt16,
        _ => PostingLayout.RangedInt32,
    };

    /// <summary>Bytes that a layout takes, of packed postings about.</summary>
    public static int Size(PostingLayout layout, int count, int maxDoc) => layout switch
    {
        PostingLayout.Packed => PackedLayout.UsualSize(count),
        PostingLayout.Dense => maxDoc,
        PostingLayout.RangedUInt8 => RangedLayout<byte>.Size(count, maxDoc),
        PostingLayout.RangedUInt16 => RangedLayout<ushort>.Size(count, maxDoc),
        PostingLayout.RangedInt32 => RangedLayout<int>.Size(count, maxDoc),
        _ => throw Unknown(layout),
    };

    /// <summary>Lays postings out.</summary>
    /// <param name="layout">One that holds them.</param>
    /// <param name="documents">In ascending order.</param>
    /// <param name="impacts">Of the documents.</param>
    /// <param name="maxDoc">Documents of the segment.</param>
    /// <param name="into">Takes the bytes.</param>
    public static void Write(
        PostingLayout layout, ReadOnlySpan<int> documents, ReadOnlySpan<int> impacts, int maxDoc,
        IBufferWriter<byte> into)
    {
        switch (layout)
        {
            case PostingLayout.Packed:
                PackedLayout.Write(documents, impacts, into);
                break;
            case PostingLayout.Dense:
                DenseLayout.Write(documents, impacts, maxDoc, into);
                break;
            case PostingLayout.RangedUInt8:
                RangedLayout<byte>.Write(documents, impacts, maxDoc, into);
                break;
            case PostingLayout.RangedUInt16:
                RangedLayout<ushort>.Write(documents, impacts, maxDoc, into);
                break;
            case PostingLayout.RangedInt32:
                RangedLayout<int>.Write(documents, impacts, maxDoc, into);
                break;
            default:
                throw Unknown(layout);
        }
    }

    /// <summary>A cursor before the first posting.</summary>
    public BlockCursor Open() => Layout switch
    {
        PostingLayout.Packed => PackedLayout.Open(this),
        PostingLayout.Dense => new DenseLayout.Cursor(this),
        PostingLayout.RangedUInt8 => new RangedLayout<byte>.Cursor(this),
        PostingLayout.RangedUInt16 => new RangedLayout<ushort>.Cursor(this),
        PostingLayout.RangedInt32 => new RangedLayout<int>.Cursor(this),
        _ => throw Unknown(Layout),
    };

    private static ArgumentOutOfRangeException Unknown(PostingLayout layout) =>
        new(nameof(layout), layout, "There is no such layout.");
}
