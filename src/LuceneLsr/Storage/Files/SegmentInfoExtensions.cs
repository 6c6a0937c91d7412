using Lucene.Net.Index;
using Lucene.Net.Store;

namespace LuceneLsr.Storage.Files;

/// <summary>Extension methods for <see cref="SegmentInfo"/>.</summary>
internal static class SegmentInfoExtensions
{
    /// <summary>Opens the compound file of a segment.</summary>
    public static CompoundFileDirectory OpenCompoundFile(this SegmentInfo segment) => new(
        segment.Dir, IndexFileNames.SegmentFileName(segment.Name, "", IndexFileNames.COMPOUND_FILE_EXTENSION),
        IOContext.READ, openForWrite: false);
}
