using System.Runtime.ExceptionServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Search;

/// <summary>
/// An <see cref="IndexSearcher"/> that selects the top hits of an <see cref="ImpactQuery"/> without a heap. Segments
/// that it searches in parallel share the minimum score of a competitive hit. Under a filter that is passed to a Search
/// method, an <see cref="ImpactQuery"/> is scored in bulk. Results equal those of <see cref="IndexSearcher"/>, which
/// handles everything else. The default similarity is <see cref="Similarities.ImpactSimilarity"/>.
/// </summary>
public class ImpactSearcher : IndexSearcher
{
    private readonly TaskScheduler? _executor;

    /// <summary>Creates a searcher that runs on the calling thread.</summary>
    public ImpactSearcher(IndexReader reader)
        : this(reader, executor: null)
    {
    }

    /// <summary>Creates a searcher that searches segments in parallel.</summary>
    /// <param name="reader">The index reader.</param>
    /// <param name="executor">Schedules one task per segment, or null to search on the calling thread.</param>
    public ImpactSearcher(IndexReader reader, TaskScheduler? executor)
        : base(reader, executor)
    {
        _executor = executor;
        Similarity = new Similarities.ImpactSimilarity();
    }

    /// <inheritdoc/>
    protected override Query WrapFilter(Query query, Filter? filter) =>
        filter is null ? query : new FilteredQuery(query, filter, BulkFilterStrategy.Instance);

    /// <inheritdoc/>
    protected override TopDocs Search(Weight weight, ScoreDoc? after, int nDocs)
    {
        if (weight is not ImpactWeight impacts || after is not null || nDocs < 1)
        {
            return base.Search(weight, after, nDocs);
        }

        var count = Math.Min(nDocs, Math.Max(1, IndexReader.MaxDoc));
        return _executor is null || m_leafContexts.Count < 2
            ? SearchSequentially(impacts, count)
            : SearchInParallel(impacts, count, _executor);
    }

    private TopDocs SearchSequentially(ImpactWeight weight, int count)
    {
        var hits = new TopHitsCollector(count, new MinCompetitiveScore());
        foreach (var leaf in m_leafContexts)
        {
            Collect(weight, leaf, hits);
        }

        return hits.ToTopDocs();
    }

    private TopDocs SearchInParallel(ImpactWeight weight, int count, TaskScheduler executor)
    {
        var minCompetitiveScore = new MinCompetitiveScore();
        var all = new TopHitsCollector(count, minCompetitiveScore);
        ForEachLeaf(executor, leaf =>
        {
            var hits = new TopHitsCollector(count, minCompetitiveScore);
            Collect(weight, leaf, hits);
            lock (all)
            {
                all.Add(hits);
            }
        });
        return all.ToTopDocs();
    }

    private static void Collect(ImpactWeight weight, AtomicReaderContext leaf, TopHitsCollector hits)
    {
        hits.DocBase = leaf.DocBase;
        weight.TryCreateEvaluator(leaf.AtomicReader, leaf.AtomicReader.LiveDocs)
            ?.Collect(hits, DocIdSetIterator.NO_MORE_DOCS);
    }

    private void ForEachLeaf(TaskScheduler executor, Action<AtomicReaderContext> collect)
    {
        try
        {
            Parallel.ForEach(m_leafContexts, new ParallelOptions { TaskScheduler = executor }, collect);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]); // as a sequential search would throw it
        }
    }
}
