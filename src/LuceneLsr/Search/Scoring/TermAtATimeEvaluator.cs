using System.Buffers;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Storage;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// A range-based term-at-a-time evaluator: scores a query on a segment exhaustively, range by range and, within a
/// range, term by term. It yields the matches in document order.
/// </summary>
/// <remarks>
/// Term-at-a-time evaluation with accumulators: Turtle and Flood, "Query evaluation: strategies and optimizations",
/// 1995. Restricted to a range that fits the processor's cache, it adds a posting in less than a nanosecond. For
/// queries of 30 or more terms that is faster than WAND or MaxScore, which spend more time on choosing postings to skip
/// than on adding them.
/// </remarks>
internal sealed class TermAtATimeEvaluator
{
    // Floats represent all integers up to here, so an integer product equals the float product of a term query.
    private const long MaxExactProduct = 1 << 24;

    private readonly List<(int Term, PostingCursor Cursor)> _postings;
    private readonly AcceptedDocuments? _accepted;
    private readonly IBits? _predicate;
    private readonly Func<bool> _hasTime;
    private readonly ScoreAccumulators _accumulators;
    private readonly int _maxDoc;
    private int _rangeStart;

    /// <summary>Creates an evaluator positioned before the first match.</summary>
    /// <param name="terms">The query's terms.</param>
    /// <param name="boost">Factor on the impact of every term.</param>
    /// <param name="postings">The terms that the segment has: index in the query and postings.</param>
    /// <param name="accepted">The documents that may match, or null for all.</param>
    /// <param name="predicate">
    /// Returns for a document whether it may match, or null for all. It may be slow, so it is only asked for matches.
    /// </param>
    /// <param name="maxDoc">Number of documents in the segment.</param>
    /// <param name="hasTime">
    /// Returns whether to score another range; otherwise there are no further matches.
    /// </param>
    public TermAtATimeEvaluator(
        IReadOnlyList<TermImpact> terms, float boost, List<(int Term, PostingCursor Cursor)> postings,
        AcceptedDocuments? accepted, IBits? predicate, int maxDoc, Func<bool> hasTime)
    {
        _postings = postings;
        _accepted = accepted;
        _predicate = predicate;
        _hasTime = hasTime;
        _maxDoc = maxDoc;
        var size = DocumentRanges.GetSize(maxDoc);
        _accumulators = IsExactInIntegers(terms, boost, postings)
            ? new IntegerAccumulators(terms, boost, size)
            : new DoubleAccumulators(terms, boost, size);
        _rangeStart = -size; // a range without documents
    }

    /// <summary>
    /// Gets the current match: -1 before the first, <see cref="DocIdSetIterator.NO_MORE_DOCS"/> after the last.
    /// </summary>
    public int Document { get; private set; } = -1;

    /// <summary>Gets the total number of postings.</summary>
    public long Cost => _postings.Sum(posting => (long)posting.Cursor.Count);

    /// <summary>Gets the score of the current match.</summary>
    public float Score => _accumulators.GetScore(Document - _rangeStart);

    /// <summary>Moves to the first match at or after a document that is after the current match.</summary>
    public int Advance(int target)
    {
        while (Document != DocIdSetIterator.NO_MORE_DOCS && TryMoveTo(ref target))
        {
            var localId = target - _rangeStart;
            localId = _accumulators.IsMatch(localId) ? localId : _accumulators.FindNextMatch(localId);
            if (localId >= 0 && _predicate?.Get(_rangeStart + localId) != false)
            {
                return Document = _rangeStart + localId;
            }

            target = _rangeStart + (localId >= 0 ? localId + 1 : _accumulators.Size);
        }

        return End();
    }

    /// <summary>Collects the matches after the current one, instead of moving from match to match.</summary>
    /// <param name="hits">Receives the matches.</param>
    /// <param name="end">Document after the last one to collect.</param>
    /// <returns>Whether there may be matches at or after <paramref name="end"/>.</returns>
    public bool Collect(HitCollector hits, int end)
    {
        if (Document == DocIdSetIterator.NO_MORE_DOCS)
        {
            return false;
        }

        var localIds = ArrayPool<int>.Shared.Rent(_accumulators.Size);
        try
        {
            var next = Collect(hits, end, localIds);
            hits.Complete();
            return (Document = next < _maxDoc ? next - 1 : End()) != DocIdSetIterator.NO_MORE_DOCS;
        }
        catch
        {
            End(); // a collector may stop the search
            throw;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(localIds);
        }
    }

    // Returns the first document that is not collected.
    private int Collect(HitCollector hits, int end, int[] localIds)
    {
        var target = Document + 1;
        while (target < end && TryMoveTo(ref target))
        {
            var rangeEnd = Math.Min(end, _rangeStart + _accumulators.Size);
            if (target < rangeEnd)
            {
                CollectRange(hits, target - _rangeStart, rangeEnd - _rangeStart, localIds);
            }

            target = Math.Max(target, rangeEnd);
        }

        return target;
    }

    private void CollectRange(HitCollector hits, int start, int end, int[] localIds)
    {
        RemoveRejected(start, end);
        hits.RefreshThreshold();
        if (hits.RequestedHits > 0 && start == 0 && end == _accumulators.Size
            && float.IsNegativeInfinity(hits.Threshold))
        {
            hits.RaiseThreshold(_accumulators.EstimateKthScore(hits.RequestedHits));
        }

        var added = 0;
        foreach (var localId in localIds.AsSpan(0, _accumulators.FindAbove(hits.Threshold, start, end, localIds)))
        {
            var score = _accumulators.GetScore(localId);
            if (score > hits.Threshold || float.IsNegativeInfinity(hits.Threshold))
            {
                hits.Add(_rangeStart + localId, score);
                added++;
            }
        }

        if (!float.IsNegativeInfinity(hits.Threshold))
        {
            hits.Skip(_accumulators.CountMatches(start, end) - added);
        }
    }

    private void RemoveRejected(int start, int end)
    {
        for (var localId = _predicate is null ? -1 : _accumulators.FindNextMatch(start);
            localId >= 0 && localId < end;
            localId = _accumulators.FindNextMatch(localId + 1))
        {
            if (!_predicate!.Get(_rangeStart + localId))
            {
                _accumulators.Remove(localId);
            }
        }
    }

    private int End()
    {
        if (Document != DocIdSetIterator.NO_MORE_DOCS)
        {
            _accumulators.Dispose();
            _postings.ForEach(posting => posting.Cursor.ReturnBuffers());
        }

        return Document = DocIdSetIterator.NO_MORE_DOCS;
    }

    // Scores the range of a document, unless it is scored already. If the range has no posting, moves to the next one
    // that has, and to its first posting. Returns false if there is none, or no time. An exception ends the evaluation.
    private bool TryMoveTo(ref int target)
    {
        if (target < _rangeStart + _accumulators.Size || target >= _maxDoc)
        {
            return target < _maxDoc;
        }

        var from = target;
        try
        {
            target = CorruptPostings.Detect(() => ScoreRange(from));
            if (target < _maxDoc)
            {
                _accepted?.Restrict(_accumulators, _rangeStart);
            }
        }
        catch
        {
            End();
            throw;
        }

        return target < _maxDoc;
    }

    private int ScoreRange(int target)
    {
        target = FindAccepted(target);
        if (target < _maxDoc && !_hasTime())
        {
            return _maxDoc;
        }

        if (target < _maxDoc)
        {
            _rangeStart = target - (target % _accumulators.Size);
            _accumulators.Clear();
            foreach (var (term, cursor) in _postings)
            {
                _accumulators.Add(term, cursor, _rangeStart);
            }

            _accumulators.Complete();
            RequireNoMatchBeyondLastDocument();
        }

        return target;
    }

    // Returns the first posting at or after a document, without ranges that have no accepted document.
    private int FindAccepted(int target)
    {
        target = Math.Max(target, _postings.Min(posting => posting.Cursor.NextDocument));
        while (target < _maxDoc && !MayAccept(target - (target % _accumulators.Size)))
        {
            target += _accumulators.Size - (target % _accumulators.Size);
        }

        return target;
    }

    private bool MayAccept(int start) => _accepted?.HasAny(start, start + _accumulators.Size) != false;

    private void RequireNoMatchBeyondLastDocument()
    {
        var end = _maxDoc - _rangeStart;
        if (end < _accumulators.Size && _accumulators.FindNextMatch(end) >= 0)
        {
            throw CorruptPostings.CreateError();
        }
    }

    private static bool IsExactInIntegers(
        IReadOnlyList<TermImpact> terms, float boost, List<(int Term, PostingCursor Cursor)> postings)
    {
        long[] products = [.. postings.Select(posting => (long)terms[posting.Term].Impact * posting.Cursor.MaxImpact)];
        return (boost == 0 || float.IsPow2(boost))
            && products.All(product => product <= MaxExactProduct)
            && products.Sum() <= int.MaxValue;
    }
}
