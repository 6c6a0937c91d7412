using Lucene.Net.Index;

namespace LuceneLsr.Upgrades;

/// <summary>Extension methods for near-real-time readers.</summary>
internal static class SegmentReaders
{
    /// <summary>Gets the segments of the reader of an index writer.</summary>
    public static IEnumerable<SegmentReader> GetSegments(this DirectoryReader reader) =>
        reader.Leaves.Select(leaf => (SegmentReader)leaf.AtomicReader);
}
