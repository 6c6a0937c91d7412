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
    private readonly ScoreAccumulators _accumulators;
    private readonly int _maxDoc;
    private int _rangeStart;

    /// <summary>Creates an evaluator positioned before the first match.</summary>
    /// <param name="terms">The query's terms.</param>
    /// <param name="boost">Factor on the impact of every term.</param>
    /// <param name="postings">The terms that the segment has: index in the query and postings.</param>
    /// <param name="maxDoc">Number of documents in the segment.</param>
    public TermAtATimeEvaluator(
        IReadOnlyList<TermImpact> terms, float boost, List<(int Term, PostingCursor Cursor)> postings, int maxDoc)
    {
        _postings = postings;
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
        while (Document != DocIdSetIterator.NO_MORE_DOCS && target < _maxDoc)
        {
            if (target >= _rangeStart + _accumulators.Size && !TryMoveRange(ref target))
            {
                break;
            }

            var localId = _accumulators.FindNextMatch(target - _rangeStart);
            if (localId >= 0)
            {
                return Document = _rangeStart + localId;
            }

            target = _rangeStart + _accumulators.Size;
        }

        return End();
    }

    /// <summary>Collects all matches at once, instead of moving from match to match.</summary>
    /// <param name="collector">Receives the matches.</param>
    /// <param name="live">The documents that are not deleted, or null if none is deleted.</param>
    /// <param name="docBase">Offset from the segment's document ids to those of the index.</param>
    public void Collect(TopHitsCollector collector, IBits? live, int docBase)
    {
        var localIds = ArrayPool<int>.Shared.Rent(_accumulators.Size);
        for (var target = 0; target < _maxDoc && TryMoveRange(ref target); target = _rangeStart + _accumulators.Size)
        {
            CollectRange(collector, live, docBase, localIds);
        }

        ArrayPool<int>.Shared.Return(localIds);
        End();
    }

    private void CollectRange(TopHitsCollector collector, IBits? live, int docBase, int[] localIds)
    {
        collector.RefreshThreshold();
        if (live is null && float.IsNegativeInfinity(collector.Threshold))
        {
            collector.RaiseThreshold(_accumulators.EstimateKthScore(collector.Count));
        }

        collector.TotalHits += live is null ? _accumulators.CountMatches() : CountLive(live);
        foreach (var localId in localIds.AsSpan(0, _accumulators.FindAbove(collector.Threshold, localIds)))
        {
            var score = _accumulators.GetScore(localId);
            if (score > collector.Threshold && live?.Get(_rangeStart + localId) != false)
            {
                collector.Add(docBase + _rangeStart + localId, score);
            }
        }
    }

    private int CountLive(IBits live)
    {
        var count = 0;
        for (var localId = _accumulators.FindNextMatch(0);
            localId >= 0;
            localId = localId + 1 < _accumulators.Size ? _accumulators.FindNextMatch(localId + 1) : -1)
        {
            count += live.Get(_rangeStart + localId) ? 1 : 0;
        }

        return count;
    }

    private int End()
    {
        if (Document != DocIdSetIterator.NO_MORE_DOCS)
        {
            _accumulators.Dispose();
        }

        return Document = DocIdSetIterator.NO_MORE_DOCS;
    }

    // Scores the range of the first posting at or after the target, and moves the target to that posting. Returns false
    // if there is none. An exception ends the evaluation.
    private bool TryMoveRange(ref int target)
    {
        var from = target;
        try
        {
            target = CorruptPostings.Detect(() => ScoreRange(from));
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
        target = Math.Max(target, _postings.Min(posting => posting.Cursor.NextDocument));
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
