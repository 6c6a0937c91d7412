using System.Runtime.InteropServices;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// Collects the top hits. Competitive hits are buffered; when the buffer holds twice as many as requested, the better
/// half is selected. For many requested hits this is faster than a heap.
/// </summary>
/// <param name="count">Number of requested hits, at least 1.</param>
/// <param name="minCompetitiveScore">Shared with the collectors of other segments.</param>
internal sealed class TopHitsCollector(int count, MinCompetitiveScore minCompetitiveScore) : HitCollector
{
    // A hit is one number, higher for a better hit: the score in the high half, the inverted document in the low half,
    // because the lower document wins a tie.
    private readonly List<long> _hits = [];

    private float _threshold = float.NegativeInfinity;

    /// <summary>Gets the number of matching documents.</summary>
    public int TotalHits { get; private set; }

    /// <summary>Gets or sets the offset from the documents of the segment to those of the index.</summary>
    public int DocBase { get; set; }

    // A document with the same score loses to the earlier ones of its segment. It may win against documents of other
    // segments, so a score equal to theirs is still competitive.
    public override float Threshold => _threshold;

    public override int RequestedHits => count;

    public override void RefreshThreshold() =>
        _threshold = Math.Max(_threshold, float.BitDecrement(minCompetitiveScore.Value));

    public override void RaiseThreshold(float score)
    {
        minCompetitiveScore.Raise(score);
        RefreshThreshold();
    }

    public override void Add(int document, float score)
    {
        TotalHits++;
        _hits.Add(((long)NumericUtils.SingleToSortableInt32(score) << 32) | (uint)~(DocBase + document));
        if (_hits.Count == 2L * count)
        {
            KeepBest();
            _threshold = Math.Max(_threshold, DecodeScore(_hits[count - 1]));
            minCompetitiveScore.Raise(_threshold);
        }
    }

    public override void Skip(int matches) => TotalHits += matches;

    /// <summary>Adds the hits of another segment.</summary>
    public void Add(TopHitsCollector other)
    {
        TotalHits += other.TotalHits;
        _hits.AddRange(other._hits);
    }

    /// <summary>Returns the hits, best first.</summary>
    public (int Document, float Score)[] SelectBest()
    {
        KeepBest();
        var best = CollectionsMarshal.AsSpan(_hits);
        best.Sort();
        best.Reverse();
        var hits = new (int Document, float Score)[best.Length];
        for (var rank = 0; rank < best.Length; rank++)
        {
            hits[rank] = (~(int)best[rank], DecodeScore(best[rank]));
        }

        return hits;
    }

    /// <summary>Returns the hits, best first, as Lucene does.</summary>
    public TopDocs ToTopDocs()
    {
        var scoreDocs = Array.ConvertAll(SelectBest(), hit => new ScoreDoc(hit.Document, hit.Score));
        return new TopDocs(TotalHits, scoreDocs, scoreDocs.Length > 0 ? scoreDocs[0].Score : float.NaN);
    }

    private void KeepBest()
    {
        if (_hits.Count > count)
        {
            Quickselect.MoveLargestToFront(CollectionsMarshal.AsSpan(_hits), count);
            CollectionsMarshal.SetCount(_hits, count);
        }
    }

    private static float DecodeScore(long hit) => NumericUtils.SortableInt32ToSingle((int)(hit >> 32));
}
