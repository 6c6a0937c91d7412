using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// The score accumulators of a document range, one per document. Add the query terms one by one, call
/// <see cref="Complete"/>, then read the matches.
/// </summary>
/// <remarks>
/// Disposing returns the arrays to a pool. If a search stops early, as a conjunction may, they are left to the garbage
/// collector.
/// </remarks>
internal abstract class ScoreAccumulators(int size) : IDisposable
{
    /// <summary>Documents per word of a bit set.</summary>
    protected const int DocumentsPerWord = 64;

    /// <summary>Gets the number of documents per range.</summary>
    public int Size => size;

    /// <summary>Resets all accumulators to "no match".</summary>
    public abstract void Clear();

    /// <summary>Adds the contributions of one query term.</summary>
    /// <param name="term">Index of the term in the query.</param>
    /// <param name="postings">The term's postings.</param>
    /// <param name="start">First document of the range.</param>
    public abstract void Add(int term, PostingCursor postings, int start);

    /// <summary>Finishes the range after its last term was added and before it is read.</summary>
    public virtual void Complete()
    {
    }

    /// <summary>Removes matches.</summary>
    /// <param name="documents">One bit per document that is kept. Documents without a bit are removed.</param>
    public abstract void Keep(ReadOnlySpan<long> documents);

    /// <summary>Removes a match.</summary>
    public abstract void Remove(int localId);

    /// <summary>Returns whether a document is a match.</summary>
    public abstract bool IsMatch(int localId);

    /// <summary>Returns the local id of the first match at or after a local id, or -1.</summary>
    public abstract int FindNextMatch(int localId);

    /// <summary>Finds the matches whose scores may exceed a threshold.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="start">First local id to look at.</param>
    /// <param name="end">Local id after the last one to look at.</param>
    /// <param name="localIds">Receives the local ids in ascending order; [end - start].</param>
    /// <returns>The number of matches found.</returns>
    public abstract int FindAbove(float threshold, int start, int end, Span<int> localIds);

    /// <summary>
    /// Returns a lower bound, as high as can be estimated cheaply, of the score that the given number of matches reach;
    /// negative infinity if there is none.
    /// </summary>
    public virtual float EstimateKthScore(int count) => float.NegativeInfinity;

    /// <summary>Returns the number of matches from one local id up to, but not including, another.</summary>
    public abstract int CountMatches(int start, int end);

    /// <summary>Returns the score of a match.</summary>
    public abstract float GetScore(int localId);

    /// <inheritdoc/>
    public abstract void Dispose();
}
