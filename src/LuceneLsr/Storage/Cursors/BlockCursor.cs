namespace LuceneLsr.Storage.Cursors;

/// <summary>A cursor that can also read postings block by block, as Lucene's <c>DocsEnum</c> needs.</summary>
internal abstract class BlockCursor : PostingCursor
{
    /// <summary>Maximum number of postings per block.</summary>
    public const int BlockSize = 128;

    /// <summary>Reads the next unread postings whose documents are at or after a target.</summary>
    /// <param name="target">Smallest document to read.</param>
    /// <param name="documents">Receives the documents; [<see cref="BlockSize"/>].</param>
    /// <param name="impacts">Receives their impacts; [<see cref="BlockSize"/>].</param>
    /// <returns>The number of postings read, 0 after the last posting.</returns>
    public abstract int ReadBlock(int target, Span<int> documents, Span<int> impacts);
}
