using System.Buffers;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// Sums of any weights and boost: float products, as a term query's score is one, summed as doubles, as a
/// <see cref="Lucene.Net.Search.BooleanQuery"/> does.
/// </summary>
internal sealed class DoubleAccumulators(IReadOnlyList<TermImpact> terms, float boost, int size) : ScoreAccumulators(size)
{
    private readonly double[] _sums = ArrayPool<double>.Shared.Rent(size);
    private readonly byte[] _matches = ArrayPool<byte>.Shared.Rent(size); // a product may be zero

    public override void Clear()
    {
        _sums.AsSpan(0, Size).Clear();
        _matches.AsSpan(0, Size).Clear();
    }

    public override void Add(int term, PostingCursor postings, int start) =>
        postings.Accumulate(start, start + Size, new Accumulator(_sums, _matches, terms[term].Impact * boost));

    public override int NextMatch(int from)
    {
        var ahead = _matches.AsSpan(from, Size - from).IndexOfAnyExcept((byte)0);
        return ahead < 0 ? -1 : from + ahead;
    }

    public override int FindAbove(float threshold, Span<int> places)
    {
        var found = 0;
        for (var at = 0; at < Size; at++)
        {
            if (_matches[at] != 0 && (!(threshold >= 0) || (float)_sums[at] > threshold))
            {
                places[found++] = at;
            }
        }

        return found;
    }

    public override int CountMatches() => Size - _matches.AsSpan(0, Size).Count((byte)0);

    public override float Score(int at) => (float)_sums[at];

    public override void Dispose()
    {
        ArrayPool<double>.Shared.Return(_sums);
        ArrayPool<byte>.Shared.Return(_matches);
    }

    private readonly struct Accumulator(double[] sums, byte[] matches, float weight) : IPostingConsumer
    {
        public void Add(int at, int impact)
        {
            sums[at] += weight * impact;
            matches[at] = 1;
        }

        public void AddRow(ReadOnlyMemory<byte> impacts)
        {
            var row = impacts.Span;
            for (var at = 0; at < row.Length; at++)
            {
                if (row[at] != 0)
                {
                    Add(at, row[at]);
                }
            }
        }
    }
}
