namespace LuceneLsr.Storage.Cursors;

/// <summary>One term's postings in one segment, read window by window in ascending order.</summary>
internal abstract class PostingCursor
{
    /// <summary>The first document not yet read, or <see cref="int.MaxValue"/> behind the last one.</summary>
    public abstract int NextDocument { get; }

    /// <summary>How many postings there are, deleted documents included.</summary>
    public abstract int Count { get; }

    /// <summary>No impact is larger; loose where the index does not say.</summary>
    public abstract int MaxImpact { get; }

    /// <summary>Hands out the postings of a window.</summary>
    /// <param name="start">A window's first document, not below the last window's end.</param>
    /// <param name="end">The document behind the window.</param>
    /// <param name="into">Takes them.</param>
    public abstract void Accumulate<T>(int start, int end, T into)
        where T : struct, IPostingConsumer;

    /// <summary>
    /// Looks up the impacts in some documents, 0 where the term is not in one; for a new cursor, which is read no more
    /// then.
    /// </summary>
    /// <param name="documents">In ascending order.</param>
    /// <param name="impacts">Takes the impacts, of the same length.</param>
    public abstract void Find(ReadOnlySpan<int> documents, Span<int> impacts);
}
