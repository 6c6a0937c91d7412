using Lucene.Net.Search;

namespace LuceneLsr.Storage.Cursors;

/// <summary>
/// Reads one term's postings in one segment, either in ascending document ranges or by looking up documents.
/// </summary>
internal abstract class PostingCursor
{
    /// <summary>The value of <see cref="NextDocument"/> after the last posting.</summary>
    public const int NoMoreDocs = DocIdSetIterator.NO_MORE_DOCS;

    /// <summary>Gets the first unread document, or <see cref="NoMoreDocs"/> after the last posting.</summary>
    public abstract int NextDocument { get; }

    /// <summary>Gets the number of postings, including those of deleted documents.</summary>
    public abstract int Count { get; }

    /// <summary>
    /// Gets an upper bound of the term's impacts. It is loose if the index does not store the largest impact.
    /// </summary>
    public abstract int MaxImpact { get; }

    /// <summary>Passes the postings of a document range to a consumer.</summary>
    /// <param name="start">First document of the range, not below the end of the previous range.</param>
    /// <param name="end">Document after the last one of the range.</param>
    /// <param name="consumer">Receives the postings with range-local document ids.</param>
    public abstract void Accumulate<T>(int start, int end, T consumer)
        where T : struct, IPostingConsumer;

    /// <summary>
    /// Looks up the impacts of some documents. Call it once on a new cursor, and read no postings from the cursor
    /// afterwards.
    /// </summary>
    /// <param name="documents">Documents in ascending order.</param>
    /// <param name="impacts">
    /// Receives one impact per document, 0 for a document without the term; as long as <paramref name="documents"/>.
    /// </param>
    public abstract void Find(ReadOnlySpan<int> documents, Span<int> impacts);

    /// <summary>
    /// Returns buffers to a pool, after the last range. Without this call they are left to the garbage collector.
    /// </summary>
    public virtual void ReturnBuffers()
    {
    }
}
