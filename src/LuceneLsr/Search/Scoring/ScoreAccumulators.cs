using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// The score sums of a window of consecutive documents. A window is filled one term after the other, then read in the
/// order of documents. Its arrays go back to a pool when it is disposed, and are left to the garbage collector where a
/// search ends before its last window, as in a conjunction.
/// </summary>
internal abstract class ScoreAccumulators(int size) : IDisposable
{
    /// <summary>Documents of a window.</summary>
    public int Size => size;

    /// <summary>Forgets the sums.</summary>
    public abstract void Clear();

    /// <summary>Adds one query term's contributions.</summary>
    /// <param name="term">The term's place in the query.</param>
    /// <param name="postings">Its postings.</param>
    /// <param name="start">The window's first document.</param>
    public abstract void Add(int term, PostingCursor postings, int start);

    /// <summary>Called after the last term was added, before anything is read.</summary>
    public virtual void Complete()
    {
    }

    /// <summary>The first match at or after a place in the window, or -1.</summary>
    public abstract int NextMatch(int from);

    /// <summary>Finds the matches whose scores may exceed a threshold.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="places">Takes their places in ascending order; [<see cref="Size"/>].</param>
    /// <returns>How many there are.</returns>
    public abstract int FindAbove(float threshold, Span<int> places);

    /// <summary>
    /// A score that at least so many matches of the window have or exceed, as high as is found cheaply; negative
    /// infinity where none is.
    /// </summary>
    public virtual float ScoreOfAtLeast(int count) => float.NegativeInfinity;

    /// <summary>How many matches the window has.</summary>
    public abstract int CountMatches();

    /// <summary>The score of a match.</summary>
    public abstract float Score(int at);

    /// <inheritdoc/>
    public abstract void Dispose();
}
