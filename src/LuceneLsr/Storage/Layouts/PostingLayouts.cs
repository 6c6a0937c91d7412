using System.Buffers;

namespace LuceneLsr.Storage.Layouts;

/// <summary>Selects, measures and writes the layouts of <see cref="PostingLayout"/>.</summary>
internal static class PostingLayouts
{
    // A term in more than 1/8 of the documents is scored faster as a row of bytes, which takes little more space.
    private const int DenseDivisor = 8;

    // This many postings with impacts of four bytes still fit in an array.
    private const int MaxRangedCount = 1 << 28;

    /// <summary>Returns the layout in which a term's postings are scored fastest.</summary>
    /// <param name="count">Number of postings.</param>
    /// <param name="maxImpact">Largest impact.</param>
    /// <param name="maxDoc">Number of documents in the segment.</param>
    public static PostingLayout SelectFastest(int count, int maxImpact, int maxDoc) => maxImpact switch
    {
        // For a rare term the range offsets would take more space than the postings.
        _ when count < 2 * DocumentRanges.GetCount(maxDoc) || count > MaxRangedCount => PostingLayout.Packed,
        <= byte.MaxValue when count > maxDoc / DenseDivisor => PostingLayout.Dense,
        <= byte.MaxValue => PostingLayout.RangedUInt8,
        <= ushort.MaxValue => PostingLayout.RangedUInt16,
        _ => PostingLayout.RangedInt32,
    };

    /// <summary>Returns the layout in which a term's postings are smallest.</summary>
    /// <param name="count">Number of postings.</param>
    /// <param name="maxImpact">Largest impact.</param>
    /// <param name="maxDoc">Number of documents in the segment.</param>
    /// <param name="packedSize">Size of the packed postings in bytes.</param>
    public static PostingLayout SelectSmallest(int count, int maxImpact, int maxDoc, int packedSize) =>
        maxImpact <= byte.MaxValue && BitmapLayout.GetSize(count, maxDoc) <= packedSize
            ? PostingLayout.Bitmap
            : PostingLayout.Packed;

    /// <summary>Returns whether a layout is one of those in which postings are scored fastest.</summary>
    public static bool IsFast(PostingLayout layout) => layout is not (PostingLayout.Packed or PostingLayout.Bitmap);

    /// <summary>Returns the size of a term's postings in bytes: an estimate if packed, otherwise exact.</summary>
    public static int GetSize(PostingLayout layout, int count, int maxDoc) => layout switch
    {
        PostingLayout.Packed => PackedLayout.EstimateSize(count),
        PostingLayout.Dense => maxDoc,
        PostingLayout.RangedUInt8 => RangedLayout<byte>.GetSize(count, maxDoc),
        PostingLayout.RangedUInt16 => RangedLayout<ushort>.GetSize(count, maxDoc),
        PostingLayout.RangedInt32 => RangedLayout<int>.GetSize(count, maxDoc),
        PostingLayout.Bitmap => BitmapLayout.GetSize(count, maxDoc),
        _ => throw CreateUnknownLayoutException(layout),
    };

    /// <summary>Writes a term's postings.</summary>
    /// <param name="layout">A layout whose impacts are wide enough.</param>
    /// <param name="documents">Documents in ascending order.</param>
    /// <param name="impacts">One impact per document.</param>
    /// <param name="maxDoc">Number of documents in the segment.</param>
    /// <param name="output">Receives the bytes.</param>
    public static void Write(
        PostingLayout layout, ReadOnlySpan<int> documents, ReadOnlySpan<int> impacts, int maxDoc,
        IBufferWriter<byte> output)
    {
        switch (layout)
        {
            case PostingLayout.Packed:
                PackedLayout.Write(documents, impacts, output);
                break;
            case PostingLayout.Dense:
                DenseLayout.Write(documents, impacts, maxDoc, output);
                break;
            case PostingLayout.RangedUInt8:
                RangedLayout<byte>.Write(documents, impacts, maxDoc, output);
                break;
            case PostingLayout.RangedUInt16:
                RangedLayout<ushort>.Write(documents, impacts, maxDoc, output);
                break;
            case PostingLayout.RangedInt32:
                RangedLayout<int>.Write(documents, impacts, maxDoc, output);
                break;
            case PostingLayout.Bitmap:
                BitmapLayout.Write(documents, impacts, maxDoc, output);
                break;
            default:
                throw CreateUnknownLayoutException(layout);
        }
    }

    /// <summary>Creates the exception for a value that is not a layout.</summary>
    public static ArgumentOutOfRangeException CreateUnknownLayoutException(PostingLayout layout) =>
        new(nameof(layout), layout, "Not a posting layout.");
}
