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
internal sealed class TopHitsCollector(int count, MinCompetitiveScore minCompetitiveScore)
{
    // A hit is one number, higher for a better hit: the score in the high half, the inverted document in the low half,
    // because the lower document wins a tie.
    private readonly List<long> _hits = [];

    /// <summary>Gets the number of requested hits.</summary>
    public int Count => count;

    /// <summary>Gets or sets the number of matching documents.</summary>
    public int TotalHits { get; set; }

    /// <summary>
    /// Gets the score that the next documents of this segment must exceed. A document with the same score loses to the
    /// earlier ones of its segment. It may win against documents of other segments, so a score equal to theirs is still
    /// competitive.
    /// </summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    /// <summary>Raises the threshold according to the hits of other segments.</summary>
    public void RefreshThreshold() => Threshold = Math.Max(Threshold, float.BitDecrement(minCompetitiveScore.Value));

    /// <summary>Raises the threshold to a score that at least the requested number of documents reach.</summary>
    public void RaiseThreshold(float score)
    {
        minCompetitiveScore.Raise(score);
        RefreshThreshold();
    }

    /// <summary>
    /// Adds a document whose score exceeds the threshold. Documents of a segment are added in ascending order.
    /// </summary>
    public void Add(int document, float score)
    {
        _hits.Add(((long)NumericUtils.SingleToSortableInt32(score) << 32) | (uint)~document);
        if (_hits.Count == 2L * count)
        {
            KeepBest();
            Threshold = Math.Max(Threshold, DecodeScore(_hits[count - 1]));
            minCompetitiveScore.Raise(Threshold);
        }
    }

    /// <summary>Adds the hits of another segment.</summary>
    public void Add(TopHitsCollector other)
    {
        TotalHits += other.TotalHits;
        _hits.AddRange(other._hits);
    }

    /// <summary>Returns the hits, best first.</summary>
    public TopDocs ToTopDocs()
    {
        KeepBest();
        var best = CollectionsMarshal.AsSpan(_hits);
        best.Sort();
        best.Reverse();
        var scoreDocs = new ScoreDoc[best.Length];
        for (var rank = 0; rank < best.Length; rank++)
        {
            scoreDocs[rank] = new ScoreDoc(~(int)best[rank], DecodeScore(best[rank]));
        }

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
