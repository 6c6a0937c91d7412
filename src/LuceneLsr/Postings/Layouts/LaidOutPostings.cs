using System.Buffers;

namespace LuceneLsr.Postings.Layouts;

/// <summary>One term's postings in one segment, laid out for evaluation term at a time.</summary>
/// <param name="Layout">How they lie.</param>
/// <param name="Count">How many there are.</param>
/// <param name="LargestImpact">The largest impact.</param>
/// <param name="MaxDoc">Documents of the segment.</param>
/// <param name="Bytes">The postings; numbers lie little-endian, at any address.</param>
internal sealed record LaidOutPostings(
    PostingLayout Layout, int Count, int LargestImpact, int MaxDoc, ReadOnlyMemory<byte> Bytes)
{
    // A term in more documents than this share of them takes less time, and hardly more space, as a row of bytes.
    private const int DenseShare = 8;

    // With impacts of four bytes these still fit an array.
    private const int MostInWindows = 1 << 28;

    /// <summary>The fastest layout for a term's postings.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="largestImpact">The largest impact.</param>
    /// <param name="maxDoc">Documents of the segment.</param>
    public static PostingLayout Fastest(int count, int largestImpact, int maxDoc) => largestImpact switch
    {
        // The offsets of a rare term's windows would take more than its postings.
        _ when count < 2 * Windows.Count(maxDoc) || count > MostInWindows => PostingLayout.Packed,
        <= byte.MaxValue when count > maxDoc / DenseShare => PostingLayout.Dense,
        <= byte.MaxValue => PostingLayout.WindowedBytes,
        <= ushort.MaxValue => PostingLayout.WindowedShorts,
        _ => PostingLayout.WindowedIntegers,
    };

    /// <summary>Bytes that a layout takes, of packed postings about.</summary>
    public static int Size(PostingLayout layout, int count, int maxDoc) => layout switch
    {
        PostingLayout.Packed => PackedLayout.UsualSize(count),
        PostingLayout.Dense => maxDoc,
        PostingLayout.WindowedBytes => WindowedLayout<byte>.Size(count, maxDoc),
        PostingLayout.WindowedShorts => WindowedLayout<ushort>.Size(count, maxDoc),
        PostingLayout.WindowedIntegers => WindowedLayout<int>.Size(count, maxDoc),
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
            case PostingLayout.WindowedBytes:
                WindowedLayout<byte>.Write(documents, impacts, maxDoc, into);
                break;
            case PostingLayout.WindowedShorts:
                WindowedLayout<ushort>.Write(documents, impacts, maxDoc, into);
                break;
            case PostingLayout.WindowedIntegers:
                WindowedLayout<int>.Write(documents, impacts, maxDoc, into);
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
        PostingLayout.WindowedBytes => new WindowedLayout<byte>.Cursor(this),
        PostingLayout.WindowedShorts => new WindowedLayout<ushort>.Cursor(this),
        PostingLayout.WindowedIntegers => new WindowedLayout<int>.Cursor(this),
        _ => throw Unknown(Layout),
    };

    private static ArgumentOutOfRangeException Unknown(PostingLayout layout) =>
        new(nameof(layout), layout, "There is no such layout.");
}
