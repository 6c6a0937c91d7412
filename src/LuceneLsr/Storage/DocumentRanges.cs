namespace LuceneLsr.Storage;

/// <summary>
/// Splits a segment into document ranges: runs of consecutive documents that the term-at-a-time evaluator scores at
/// once. A range is large enough to spread its fixed cost and small enough for its accumulators to stay in the
/// processor's cache. It has at most 65,536 documents, so a range-local document id takes two bytes.
/// </summary>
internal static class DocumentRanges
{
    private const int SmallSize = 1 << 14;
    private const int LargeSize = 1 << 16;
    private const int MinDocsForLargeSize = 1 << 18; // measured: smaller segments are faster with small ranges

    /// <summary>Returns the number of documents per range in a segment, a power of two.</summary>
    public static int GetSize(int maxDoc) => maxDoc < MinDocsForLargeSize ? SmallSize : LargeSize;

    /// <summary>Returns the number of ranges in a segment.</summary>
    public static int GetCount(int maxDoc) => ((maxDoc - 1) / GetSize(maxDoc)) + 1;
}
