using System.Runtime.ExceptionServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Search;

/// <summary>
/// An <see cref="IndexSearcher"/> that collects the top hits of an <see cref="ImpactQuery"/> window by window, without
/// those that cannot be among them, which tasks tell each other. Any other search is the base's; an impact query's
/// results are the same either way. Its similarity is the <see cref="Similarities.ImpactSimilarity"/> until another one
/// is set.
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
    protected override TopDocs Search(Weight weight, ScoreDoc? after, int nDocs)
    {
        if (weight is not ImpactWeight impacts || after is not null || nDocs < 1)
        {
            return base.Search(weight, after, nDocs);
        }

        var count = Math.Min(nDocs, Math.Max(1, IndexReader.MaxDoc));
        var shared = new MinCompetitiveScore();
        TopHitsCollector Collect(AtomicReaderContext leaf, TopHitsCollector hits)
        {
            impacts.Open(leaf.AtomicReader)?.Collect(hits, leaf.AtomicReader.LiveDocs, leaf.DocBase);
            return hits;
        }

        var all = new TopHitsCollector(count, shared);
        if (_executor is null || m_leafContexts.Count < 2)
        {
            return m_leafContexts.Aggregate(all, (hits, leaf) => Collect(leaf, hits)).ToTopDocs();
        }

        InParallel(leaf =>
        {
            var hits = Collect(leaf, new TopHitsCollector(count, shared));
            lock (all)
            {
                all.Add(hits);
            }
        });
        return all.ToTopDocs();
    }

    private void InParallel(Action<AtomicReaderContext> collect)
    {
        try
        {
            Parallel.ForEach(m_leafContexts, new ParallelOptions { TaskScheduler = _executor }, collect);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]); // as a search in one thread would
        }
    }
}
