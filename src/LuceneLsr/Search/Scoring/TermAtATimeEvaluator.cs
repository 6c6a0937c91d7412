using System.Buffers;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Storage;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// Evaluates a query on a segment term at a time over windows of documents: for thirty terms and more, adding up every
/// posting is faster than deciding which ones to skip. Hands out the matches in the order of documents.
/// </summary>
internal sealed class TermAtATimeEvaluator
{
    // Up to here every integer is a float, so that an integer product is what a term query's float product would be.
    private const long LargestExactProduct = 1 << 24;

    private readonly List<(int Term, PostingCursor Cursor)> _postings;
    private readonly ScoreAccumulators _window;
    private readonly int _maxDoc;
    private int _windowStart;

    /// <summary>Starts before the first match.</summary>
    /// <param name="terms">The query's terms.</param>
    /// <param name="boost">Factor on every term's impact.</param>
    /// <param name="postings">The places of the terms that the segment has, with their postings.</param>
    /// <param name="maxDoc">Documents of the segment.</param>
    public TermAtATimeEvaluator(
        IReadOnlyList<TermImpact> terms, float boost, List<(int Term, PostingCursor Cursor)> postings, int maxDoc)
    {
        _postings = postings;
        _maxDoc = maxDoc;
        var size = DocumentRanges.Size(maxDoc);
        _window = FitsIntegers(terms, boost, postings)
            ? new IntegerAccumulators(terms, boost, size)
            : new DoubleAccumulators(terms, boost, size);
        _windowStart = -size; // so that no document is in it
    }

    /// <summary>
    /// The current match; -1 before the first, <see cref="DocIdSetIterator.NO_MORE_DOCS"/> behind the last.
    /// </summary>
    public int Document { get; private set; } = -1;

    /// <summary>How many postings there are to add up.</summary>
    public long Cost => _postings.Sum(posting => (long)posting.Cursor.Count);

    /// <summary>The current match's score.</summary>
    public float Score => _window.Score(Document - _windowStart);

    /// <summary>Moves to the first match at or after a document beyond the current match.</summary>
    public int Advance(int target)
    {
        while (Document != DocIdSetIterator.NO_MORE_DOCS && target < _maxDoc)
        {
            if (target >= _windowStart + _window.Size && !MoveWindow(ref target))
            {
                break;
            }

            var at = _window.NextMatch(target - _windowStart);
            if (at >= 0)
            {
                return Document = _windowStart + at;
            }

            target = _windowStart + _window.Size;
        }

        return End();
    }

    /// <summary>Reads all matches into the top hits, in place of moving to them one by one.</summary>
    /// <param name="hits">Takes them.</param>
    /// <param name="live">The documents that are not deleted; null where none is.</param>
    /// <param name="docBase">What to add to the segment's document numbers.</param>
    public void Collect(TopHitsCollector hits, IBits? live, int docBase)
    {
        var places = ArrayPool<int>.Shared.Rent(_window.Size);
        for (var target = 0; target < _maxDoc && MoveWindow(ref target); target = _windowStart + _window.Size)
        {
            hits.Refresh();
            if (live is null && float.IsNegativeInfinity(hits.Threshold))
            {
                hits.Raise(_window.ScoreOfAtLeast(hits.Count));
            }

            hits.TotalHits += live is null ? _window.CountMatches() : CountLive(live);
            foreach (var at in places.AsSpan(0, _window.FindAbove(hits.Threshold, places)))
            {
                var score = _window.Score(at);
                if (score > hits.Threshold && live?.Get(_windowStart + at) != false)
                {
                    hits.Add(docBase + _windowStart + at, score);
                }
            }
        }

        ArrayPool<int>.Shared.Return(places);
        End();
    }

    private int CountLive(IBits live)
    {
        var count = 0;
        for (var at = _window.NextMatch(0); at >= 0; at = at + 1 < _window.Size ? _window.NextMatch(at + 1) : -1)
        {
            count += live.Get(_windowStart + at) ? 1 : 0;
        }

        return count;
    }

    private int End()
    {
        if (Document != DocIdSetIterator.NO_MORE_DOCS)
        {
            _window.Dispose();
        }

        return Document = DocIdSetIterator.NO_MORE_DOCS;
    }

    // Skips the windows without postings; a failure ends it.
    private bool MoveWindow(ref int target)
    {
        var from = target;
        try
        {
            target = CorruptPostings.Watch(() => Fill(from));
        }
        catch
        {
            End();
            throw;
        }

        return target < _maxDoc;
    }

    // Returns the first document, from the target on, that may be a match.
    private int Fill(int target)
    {
        target = Math.Max(target, _postings.Min(postings => postings.Cursor.NextDocument));
        if (target < _maxDoc)
        {
            _windowStart = target - (target % _window.Size);
            _window.Clear();
            foreach (var (term, cursor) in _postings)
            {
                _window.Add(term, cursor, _windowStart);
            }

            _window.Complete();
        }

        return target;
    }

    private static bool FitsIntegers(
        IReadOnlyList<TermImpact> terms, float boost, List<(int Term, PostingCursor Cursor)> postings)
    {
        long[] products = [.. postings.Select(posting => (long)terms[posting.Term].Impact * posting.Cursor.MaxImpact)];
        return (boost == 0 || float.IsPow2(boost))
            && products.All(product => product <= LargestExactProduct)
            && products.Sum() <= int.MaxValue;
    }
}
