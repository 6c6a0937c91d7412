using Lucene.Net.Search;

namespace LuceneLsr.Search;

/// <summary>The best hits so far, of documents that come in ascending order.</summary>
internal sealed class TopHits(int count)
{
    private readonly PriorityQueue<int, Rank> _hits = new();

    /// <summary>How many documents match.</summary>
    public int TotalHits { get; set; }

    /// <summary>
    /// A score that a further document has to exceed; of equal scores the lower document wins, which came before.
    /// </summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    /// <summary>Takes a document whose score exceeds the threshold.</summary>
    public void Add(int document, float score)
    {
        var rank = new Rank(score, document);
        if (_hits.Count < count)
        {
            _hits.Enqueue(document, rank);
        }
        else
        {
            _hits.DequeueEnqueue(document, rank);
        }

        if (_hits.Count == count && _hits.TryPeek(out _, out var last))
        {
            Threshold = last.Score;
        }
    }

    /// <summary>The hits, best first.</summary>
    public TopDocs ToTopDocs()
    {
        var scoreDocs = new ScoreDoc[_hits.Count];
        for (var at = scoreDocs.Length - 1; at >= 0; at--)
        {
            _hits.TryDequeue(out var document, out var rank);
            scoreDocs[at] = new ScoreDoc(document, rank.Score);
        }

        return new TopDocs(TotalHits, scoreDocs, scoreDocs.Length > 0 ? scoreDocs[0].Score : float.NaN);
    }

    // The worst hit first: the lowest score, of equal ones the highest document.
    private readonly record struct Rank(float Score, int Document) : IComparable<Rank>
    {
        public int CompareTo(Rank other) =>
            Score == other.Score ? other.Document.CompareTo(Document) : Score.CompareTo(other.Score);
    }
}
