using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// Accumulates scores as 32-bit integers. Each product of a query and a document impact must be at most 2^24, up to
/// which floats represent every integer, and each sum below 2^31. The boost is applied to the sum, so it must be zero
/// or a power of two for scores to equal those of Lucene's float products.
/// </summary>
internal sealed class IntegerAccumulators(IReadOnlyList<TermImpact> terms, float boost, int size)
    : ScoreAccumulators(size)
{
    private const int SampleStride = 16;
    private const double SampleMargin = 1.3; // asks for a lower score, so that the estimate rarely fails
    private const int SampleMarginRanks = 4;

    private int[] _sums = []; // rented for the first range

    private readonly List<DenseRow> _rows = []; // of this range, added in one pass
    private readonly List<MemoryHandle> _pins = []; // of the rows
    private int _rowLength;

    public override void Clear()
    {
        _sums = _sums.Length > 0 ? _sums : ArrayPool<int>.Shared.Rent(Size);
        _sums.AsSpan(0, Size).Clear();
    }

    public override void Add(int term, PostingCursor postings, int start) =>
        postings.Accumulate(start, start + Size, new Accumulator(this, terms[term].Impact));

    public override void Complete()
    {
        DenseRows.Add(CollectionsMarshal.AsSpan(_rows), _rowLength, _sums);
        ReleaseRows();
    }

    public override void Keep(ReadOnlySpan<long> documents)
    {
        for (var word = 0; word < Size / DocumentsPerWord; word++)
        {
            var bits = word < documents.Length ? documents[word] : 0;
            if (bits != -1)
            {
                Keep(bits, _sums.AsSpan(word * DocumentsPerWord, DocumentsPerWord));
            }
        }
    }

    public override void Remove(int localId) => _sums[localId] = 0;

    public override bool IsMatch(int localId) => _sums[localId] != 0;

    public override int FindNextMatch(int localId)
    {
        var distance = _sums.AsSpan(localId, Size - localId).IndexOfAnyExcept(0);
        return distance < 0 ? -1 : localId + distance;
    }

    public override int FindAbove(float threshold, int start, int end, Span<int> localIds)
    {
        // The division by a power of two is exact; truncating rounds to the safe side. Every match has a positive sum.
        var limit = Vector256.Create(boost > 0 && threshold >= 0 ? (int)(threshold / boost) : 0);
        var found = 0;
        for (var i = start & -Vector256<int>.Count; i < end; i += Vector256<int>.Count)
        {
            var above = Vector256.GreaterThan(Vector256.Create(_sums, i), limit).ExtractMostSignificantBits();
            above &= uint.MaxValue << Math.Max(0, start - i);
            above &= (uint)((1 << Math.Min(Vector256<int>.Count, end - i)) - 1);
            for (; above != 0; above &= above - 1)
            {
                localIds[found++] = i + BitOperations.TrailingZeroCount(above);
            }
        }

        return found;
    }

    // Guesses the score from a sample, then counts whether enough matches reach it.
    public override float EstimateKthScore(int count)
    {
        var rank = (int)(SampleMargin * count / SampleStride) + SampleMarginRanks;
        if (boost <= 0 || rank >= Size / SampleStride)
        {
            return float.NegativeInfinity;
        }

        var sample = Enumerable.Range(0, Size / SampleStride).Select(i => (long)_sums[i * SampleStride]).ToArray();
        Quickselect.MoveLargestToFront(sample, rank);
        var guess = (int)sample[rank - 1];
        return CountAbove(guess) >= count ? guess * boost : float.NegativeInfinity;
    }

    public override int CountMatches(int start, int end) => end - start - _sums.AsSpan(start, end - start).Count(0);

    public override float GetScore(int localId) => _sums[localId] * boost;

    public override void Dispose()
    {
        ReleaseRows();
        ArrayPool<int>.Shared.Return(_sums);
        _sums = [];
    }

    private static void Keep(long bits, Span<int> sums)
    {
        var lanes = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
        for (var i = 0; i < sums.Length; i += Vector256<int>.Count)
        {
            var isKept = Vector256.Equals(Vector256.Create((int)(bits >> i)) & lanes, lanes);
            (Vector256.Create<int>(sums[i..]) & isKept).CopyTo(sums[i..]);
        }
    }

    private int CountAbove(int sum)
    {
        var counts = Vector<int>.Zero;
        for (var i = 0; i < Size; i += Vector<int>.Count)
        {
            counts -= Vector.GreaterThan(new Vector<int>(_sums, i), new Vector<int>(sum)); // true is -1
        }

        return Vector.Sum(counts);
    }

    private unsafe void AddRow(ReadOnlyMemory<byte> row, int weight)
    {
        var pin = row.Pin();
        _pins.Add(pin);
        _rows.Add(new DenseRow((byte*)pin.Pointer, weight));
        if (_rows.Count > 1 && row.Length != _rowLength)
        {
            throw new ArgumentException("All rows of a range must have the same length.", nameof(row));
        }

        _rowLength = row.Length;
    }

    private void ReleaseRows()
    {
        _pins.ForEach(pin => pin.Dispose());
        _pins.Clear();
        _rows.Clear();
    }

    private readonly struct Accumulator(IntegerAccumulators accumulators, int weight) : IPostingConsumer
    {
        private readonly int[] _sums = accumulators._sums;

        public void Add(int localId, int impact) => _sums[localId] += weight * impact;

        public void AddRow(ReadOnlyMemory<byte> impacts) => accumulators.AddRow(impacts, weight);
    }
}
