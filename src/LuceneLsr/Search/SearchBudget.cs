namespace LuceneLsr.Search;

/// <summary>
/// Ends a search early: after some time, with the hits so far, or with an <see cref="OperationCanceledException"/> when
/// it is canceled. An <see cref="ImpactQuery"/> checks its budget before each term that it opens and before each range
/// of up to 65,536 documents.
/// </summary>
/// <remarks>
/// Out of time, a query has fewer matches. Give no budget to a query that excludes documents, or whose matches are
/// kept, in a filter for example. Create a budget for each search, because the time starts with it. Queries of one
/// search may share it. Lucene's own queries do not check it. Where an <c>IndexSearcher</c> searches segments in
/// parallel, it hides the <see cref="OperationCanceledException"/> in an exception of its own, as it does with all
/// exceptions; an <see cref="ImpactSearcher"/> does not if the query is a single <see cref="ImpactQuery"/>.
/// </remarks>
public sealed class SearchBudget
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _time;
    private readonly long _start;
    private volatile bool _isExceeded;

    /// <summary>Creates a budget that starts now.</summary>
    /// <param name="time">The time after which documents are no longer scored, or infinite.</param>
    /// <param name="clock">The clock, or null for that of the system.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite.</exception>
    public SearchBudget(TimeSpan time, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, "The time of a search must not be negative.");
        }

        _time = time;
        CancellationToken = cancellationToken;
        _clock = clock ?? TimeProvider.System;
        _start = _clock.GetTimestamp();
    }

    /// <summary>Gets the token that cancels the search.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>
    /// Gets whether a query ran out of time. Then its hits are partial: the best of the documents that were scored.
    /// </summary>
    public bool IsExceeded => _isExceeded;

    /// <summary>Returns whether there is time left.</summary>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    internal bool Check()
    {
        CancellationToken.ThrowIfCancellationRequested();
        if (_time != Timeout.InfiniteTimeSpan && _clock.GetElapsedTime(_start) >= _time)
        {
            _isExceeded = true;
        }

        return !_isExceeded;
    }
}
