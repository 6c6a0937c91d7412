using System.Runtime.InteropServices;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// The best hits so far. Hits that may be among them are buffered, and once there are twice as many as wanted, the
/// better half is selected: cheaper than a heap where many are wanted.
/// </summary>
/// <param name="count">How many are wanted, at least 1.</param>
/// <param name="shared">What the other hits of the same search, in other segments, know about the last place.</param>
internal sealed class TopHitsCollector(int count, MinCompetitiveScore shared)
{
    // A hit is a number, the better the larger: the score above, and the document, of which the lower wins, below.
    private readonly List<long> _hits = [];

    /// <summary>How many are wanted.</summary>
    public int Count => count;

    /// <summary>How many documents match.</summary>
    public int TotalHits { get; set; }

    /// <summary>
    /// A score that a further document of this segment has to exceed: of equal scores the lower document wins, which
    /// came before. A document of another segment need not have come before, so a score equal to theirs may win.
    /// </summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    /// <summary>Raises the threshold to what the hits in other segments allow by now.</summary>
    public void Refresh() => Threshold = Math.Max(Threshold, float.BitDecrement(shared.Score));

    /// <summary>Takes a score that as many documents as are wanted have or exceed.</summary>
    public void Raise(float score)
    {
        shared.Raise(score);
        Refresh();
    }

    /// <summary>Takes a document above those of its segment so far, whose score exceeds the threshold.</summary>
    public void Add(int document, float score)
    {
        _hits.Add(((long)NumericUtils.SingleToSortableInt32(score) << 32) | (uint)~document);
        if (_hits.Count == 2L * count)
        {
            KeepBest();
            Threshold = Math.Max(Threshold, ScoreOf(_hits[count - 1]));
            shared.Raise(Threshold);
        }
    }

    /// <summary>Takes the hits of another segment.</summary>
    public void Add(TopHitsCollector other)
    {
        TotalHits += other.TotalHits;
        _hits.AddRange(other._hits);
    }

    /// <summary>The hits, best first.</summary>
    public TopDocs ToTopDocs()
    {
        KeepBest();
        var best = CollectionsMarshal.AsSpan(_hits);
        best.Sort();
        best.Reverse();
        var scoreDocs = new ScoreDoc[best.Length];
        for (var rank = 0; rank < best.Length; rank++)
        {
            scoreDocs[rank] = new ScoreDoc(~(int)best[rank], ScoreOf(best[rank]));
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

    private static float ScoreOf(long hit) => NumericUtils.SortableInt32ToSingle((int)(hit >> 32));
}
