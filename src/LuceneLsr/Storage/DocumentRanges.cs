namespace LuceneLsr.Storage;

/// <summary>
/// How many consecutive documents are summed up together. Large enough to spread a window's fixed cost, small enough
/// for its sums to stay in the cache; at most 65,536, so that a place in a window takes two bytes.
/// </summary>
internal static class DocumentRanges
{
    private const int Small = 1 << 14;
    private const int Large = 1 << 16;
    private const int LargeFrom = 1 << 18; // documents; below, small windows are faster

    /// <summary>The window's size in a segment, a power of two.</summary>
    public static int Size(int maxDoc) => maxDoc < LargeFrom ? Small : Large;

    /// <summary>How many windows a segment has.</summary>
    public static int Count(int maxDoc) => ((maxDoc - 1) / Size(maxDoc)) + 1;
}
