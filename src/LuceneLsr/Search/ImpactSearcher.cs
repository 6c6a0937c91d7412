using Lucene.Net.Index;
using Lucene.Net.Search;

namespace LuceneLsr.Search;

/// <summary>
/// An <see cref="IndexSearcher"/> whose top hits of an <see cref="ImpactQuery"/> skip the documents that cannot be
/// among them, where an <see cref="Postings.ImpactCache"/> holds the query's postings. Any other search is the base's;
/// an impact query's results are the same either way. Its similarity is the
/// <see cref="Similarities.ImpactSimilarity"/> until another one is set.
/// </summary>
public class ImpactSearcher : IndexSearcher
{
    private readonly TaskScheduler? _executor;

    /// <summary>Searches a reader in the calling thread.</summary>
    public ImpactSearcher(IndexReader reader)
        : this(reader, executor: null)
    {
    }

    /// <summary>Searches the segments of a reader by tasks.</summary>
    public ImpactSearcher(IndexReader reader, TaskScheduler? executor)
        : base(reader, executor)
    {
        _executor = executor;
        Similarity = new Similarities.ImpactSimilarity();
    }

    /// <inheritdoc/>
    protected override TopDocs Search(
        IList<AtomicReaderContext> leaves, Weight weight, ScoreDoc? after, int nDocs)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        if (weight is not ImpactWeight impacts || after is not null || nDocs < 1)
        {
            return base.Search(leaves, weight, after, nDocs);
        }

        var count = Math.Min(nDocs, Math.Max(1, IndexReader.MaxDoc));
        var shared = new SharedThreshold();
        TopHits Collect(AtomicReaderContext leaf, TopHits hits)
        {
            impacts.Open(leaf.AtomicReader)?.Collect(hits, leaf.AtomicReader.LiveDocs, leaf.DocBase);
            return hits;
        }

        var all = new TopHits(count, shared);
        if (_executor is null || leaves.Count < 2)
        {
            return leaves.Aggregate(all, (hits, leaf) => Collect(leaf, hits)).ToTopDocs();
        }

        Parallel.ForEach(
            leaves,
            new ParallelOptions { TaskScheduler = _executor },
            leaf =>
            {
                var hits = Collect(leaf, new TopHits(count, shared));
                lock (all)
                {
                    all.Add(hits);
                }
            });
        return all.ToTopDocs();
    }
}
