using LuceneLsr.Storage.Packing;

namespace LuceneLsr.Storage.Cursors;

/// <summary>A cursor over postings in a layout of ours, which can also be read in blocks, for Lucene's interface.</summary>
internal abstract class BlockCursor : PostingCursor
{
    /// <summary>Reads on from the first posting not yet read at or above a document.</summary>
    /// <param name="from">The document.</param>
    /// <param name="documents">[<see cref="PackedBlock.Size"/>]</param>
    /// <param name="impacts">[<see cref="PackedBlock.Size"/>]</param>
    /// <returns>How many were read; 0 behind the last one.</returns>
    public abstract int ReadBlock(int from, Span<int> documents, Span<int> impacts);
}
