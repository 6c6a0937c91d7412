using System.Buffers;
using System.Numerics;
using LuceneLsr.Encoding;
using LuceneLsr.Postings;

namespace LuceneLsr.Search;

/// <summary>
/// Sums as 32-bit integers, for queries whose every possible product is below 2^24, where floats are exact, and whose
/// sum is below 2^31. The boost is applied to the sum at the end, so it is a power of two or zero.
/// </summary>
internal sealed class IntegerWindow(IReadOnlyList<TermImpact> terms, float boost, int size) : ScoreWindow(size)
{
    private readonly int[] _sums = ArrayPool<int>.Shared.Rent(size);

    public override void Clear() => _sums.AsSpan(0, Size).Clear();

    public override void Add(int term, PostingCursor postings, int start) =>
        postings.Accumulate(start, start + Size, new Accumulator(_sums, terms[term].Impact));

    public override int NextMatch(int from)
    {
        var ahead = _sums.AsSpan(from, Size - from).IndexOfAnyExcept(0);
        return ahead < 0 ? -1 : from + ahead;
    }

    public override int NextAbove(int from, float threshold)
    {
        if (boost <= 0 || !(threshold >= 0))
        {
            return NextMatch(from);
        }

        // Exact for a power of two; sums up to here are at most the threshold as floats, too.
        var ahead = _sums.AsSpan(from, Size - from).IndexOfAnyExceptInRange(0, (int)(threshold / boost));
        return ahead < 0 ? -1 : from + ahead;
    }

    public override int CountMatches() => Size - _sums.AsSpan(0, Size).Count(0);

    public override float Score(int at) => _sums[at] * boost;

    public override void Dispose() => ArrayPool<int>.Shared.Return(_sums);

    private readonly struct Accumulator(int[] sums, int weight) : IAccumulator
    {
        public void Add(int at, int impact) => sums[at] += weight * impact;

        public void AddRow(ReadOnlySpan<byte> impacts)
        {
            var at = 0;
            for (; at <= impacts.Length - Vector<byte>.Count; at += Vector<byte>.Count)
            {
                Vector.Widen(new Vector<byte>(impacts[at..]), out var low, out var high);
                AddShorts(low, at);
                AddShorts(high, at + Vector<ushort>.Count);
            }

            for (; at < impacts.Length; at++)
            {
                Add(at, impacts[at]);
            }
        }

        private void AddShorts(Vector<ushort> impacts, int at)
        {
            Vector.Widen(impacts, out var low, out var high);
            AddIntegers(Vector.AsVectorInt32(low), at);
            AddIntegers(Vector.AsVectorInt32(high), at + Vector<int>.Count);
        }

        private void AddIntegers(Vector<int> impacts, int at) =>
            ((impacts * weight) + new Vector<int>(sums, at)).CopyTo(sums, at);
    }
}
