using System.Buffers;
using LuceneLsr.Storage.Cursors;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// Accumulates scores for any weights and boost: float products, summed as doubles, as Lucene's term and Boolean
/// queries compute them.
/// </summary>
internal sealed class DoubleAccumulators(IReadOnlyList<TermImpact> terms, float boost, int size)
    : ScoreAccumulators(size)
{
    private double[] _sums = []; // rented for the first range
    private byte[] _matches = []; // a match may have a score of zero

    public override void Clear()
    {
        _sums = _sums.Length > 0 ? _sums : ArrayPool<double>.Shared.Rent(Size);
        _matches = _matches.Length > 0 ? _matches : ArrayPool<byte>.Shared.Rent(Size);
        _sums.AsSpan(0, Size).Clear();
        _matches.AsSpan(0, Size).Clear();
    }

    public override void Add(int term, PostingCursor postings, int start) =>
        postings.Accumulate(start, start + Size, new Accumulator(_sums, _matches, terms[term].Impact * boost));

    public override void Keep(ReadOnlySpan<long> documents)
    {
        for (var localId = FindNextMatch(0); localId >= 0; localId = FindNextMatch(localId + 1))
        {
            var word = localId / DocumentsPerWord;
            if (word >= documents.Length || (documents[word] >> localId & 1) == 0) // shifts by localId modulo 64
            {
                Remove(localId);
            }
        }
    }

    public override void Remove(int localId) => _matches[localId] = 0;

    public override bool IsMatch(int localId) => _matches[localId] != 0;

    public override int FindNextMatch(int localId)
    {
        var distance = _matches.AsSpan(localId, Size - localId).IndexOfAnyExcept((byte)0);
        return distance < 0 ? -1 : localId + distance;
    }

    public override int FindAbove(float threshold, int start, int end, Span<int> localIds)
    {
        var found = 0;
        for (var i = start; i < end; i++)
        {
            if (_matches[i] != 0 && (!(threshold >= 0) || (float)_sums[i] > threshold))
            {
                localIds[found++] = i;
            }
        }

        return found;
    }

    public override int CountMatches(int start, int end) =>
        end - start - _matches.AsSpan(start, end - start).Count((byte)0);

    public override float GetScore(int localId) => (float)_sums[localId];

    public override void Dispose()
    {
        ArrayPool<double>.Shared.Return(_sums);
        ArrayPool<byte>.Shared.Return(_matches);
        (_sums, _matches) = ([], []);
    }

    private readonly struct Accumulator(double[] sums, byte[] matches, float weight) : IPostingConsumer
    {
        public void Add(int localId, int impact)
        {
            sums[localId] += weight * impact;
            matches[localId] = 1;
        }

        public void AddRow(ReadOnlyMemory<byte> impacts)
        {
            var row = impacts.Span;
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] != 0)
                {
                    Add(i, row[i]);
                }
            }
        }
    }
}
