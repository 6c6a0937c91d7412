using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// Sums as 32-bit integers, for queries whose every possible product is below 2^24, where floats are exact, and whose
/// sum is below 2^31. The boost is applied to the sum at the end, so it is a power of two or zero.
/// </summary>
internal sealed class IntegerAccumulators(IReadOnlyList<TermImpact> terms, float boost, int size) : ScoreAccumulators(size)
{
    private const int SampleStride = 16;

    private readonly int[] _sums = ArrayPool<int>.Shared.Rent(size);

    private (ReadOnlyMemory<byte> Row, int Weight, MemoryHandle Pin) _waiting; // for a second one

    public override void Clear() => _sums.AsSpan(0, Size).Clear();

    public override void Add(int term, PostingCursor postings, int start) =>
        postings.Accumulate(start, start + Size, new Accumulator(this, terms[term].Impact));

    public override void Complete()
    {
        DenseRows.Add(_waiting.Row.Span, _waiting.Weight, _sums);
        EndWait();
    }

    public override int NextMatch(int from)
    {
        var ahead = _sums.AsSpan(from, Size - from).IndexOfAnyExcept(0);
        return ahead < 0 ? -1 : from + ahead;
    }

    public override int FindAbove(float threshold, Span<int> places)
    {
        // Exact for a power of two; sums up to here are at most the threshold as floats, too. A match's is above zero.
        var limit = Vector256.Create(boost > 0 && threshold >= 0 ? (int)(threshold / boost) : 0);
        var found = 0;
        for (var at = 0; at < Size; at += Vector256<int>.Count)
        {
            var above = Vector256.GreaterThan(Vector256.Create(_sums, at), limit).ExtractMostSignificantBits();
            for (; above != 0; above &= above - 1)
            {
                places[found++] = at + BitOperations.TrailingZeroCount(above);
            }
        }

        return found;
    }

    public override float ScoreOfAtLeast(int count)
    {
        // A sample's ranks tell about where the wanted one is; with some more asked for, the guess seldom fails.
        var rank = (int)(1.3 * count / SampleStride) + 4;
        if (boost <= 0 || rank >= Size / SampleStride)
        {
            return float.NegativeInfinity;
        }

        var sample = Enumerable.Range(0, Size / SampleStride).Select(at => (long)_sums[at * SampleStride]).ToArray();
        Quickselect.MoveLargestToFront(sample, rank);
        var guess = (int)sample[rank - 1];
        return CountAbove(guess) >= count ? guess * boost : float.NegativeInfinity;
    }

    public override int CountMatches() => Size - _sums.AsSpan(0, Size).Count(0);

    public override float Score(int at) => _sums[at] * boost;

    public override void Dispose()
    {
        EndWait();
        ArrayPool<int>.Shared.Return(_sums);
    }

    private int CountAbove(int sum)
    {
        var counts = Vector<int>.Zero;
        for (var at = 0; at < Size; at += Vector<int>.Count)
        {
            counts -= Vector.GreaterThan(new Vector<int>(_sums, at), new Vector<int>(sum)); // true is -1
        }

        return Vector.Sum(counts);
    }

    private void AddRow(ReadOnlyMemory<byte> row, int weight)
    {
        if (_waiting.Row.IsEmpty)
        {
            _waiting = (row, weight, row.Pin());
            return;
        }

        DenseRows.AddPair(_waiting.Row.Span, _waiting.Weight, row.Span, weight, _sums);
        EndWait();
    }

    private void EndWait()
    {
        _waiting.Pin.Dispose();
        _waiting = default;
    }

    private readonly struct Accumulator(IntegerAccumulators window, int weight) : IPostingConsumer
    {
        private readonly int[] _sums = window._sums;

        public void Add(int at, int impact) => _sums[at] += weight * impact;

        public void AddRow(ReadOnlyMemory<byte> impacts) => window.AddRow(impacts, weight);
    }
}
