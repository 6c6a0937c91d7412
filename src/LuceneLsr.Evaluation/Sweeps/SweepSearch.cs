using Lucene.Net.Search;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Search;
using LuceneLsr.Search.Feedback;
using LuceneLsr.Search.Fusion;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>Searches an index with the query dials of a point. Thread-safe.</summary>
internal sealed class SweepSearch(SweepIndex index, SweepPoint point, ImpactScale queryScale)
{
    private readonly FrequentTermPruning? _frequent = point.FrequencyRatio is { } ratio
        ? new() { FrequencyRatio = ratio, WeightRatio = point.LightRatio }
        : null;

    private readonly RocchioFeedback? _feedback = point.FeedbackDocuments > 0
        ? new()
        {
            Documents = point.FeedbackDocuments,
            ExpansionTerms = point.FeedbackTerms,
            FeedbackWeight = point.FeedbackWeight,
        }
        : null;

    /// <summary>Returns the numbers of the top documents, best first.</summary>
    public int[] Search(string text, SparseVector vector, int count)
    {
        var hits = point.Rescored == 0
            ? index.Searcher.Search(CreateQuery(text, vector), count)
            : SearchTwice(vector, count);
        return Array.ConvertAll(hits.ScoreDocs, hit => hit.Doc);
    }

    /// <summary>Gets the number of terms of a query after pruning.</summary>
    public int CountTerms(SparseVector vector) => Prune(vector).Terms.Count;

    private Query CreateQuery(string text, SparseVector vector)
    {
        var pruned = Prune(vector);
        var query = _feedback?.Expand(pruned, index.Searcher) ?? pruned;
        return point.Bm25Weight == 0
            ? query
            : new HybridQuery(
                new WeightedQuery(query, 1 / (index.Scale.Factor * queryScale.Factor)),
                new WeightedQuery(Bm25Query.Create(text, SweepIndex.Keywords), point.Bm25Weight));
    }

    // Hits beyond those that are scored again keep their order, after them.
    private TopDocs SearchTwice(SparseVector vector, int count)
    {
        var first = index.Searcher.Search(Prune(vector), Math.Max(count, point.Rescored));
        var candidates = new TopDocs(first.TotalHits, [.. first.ScoreDocs.Take(point.Rescored)], first.MaxScore);
        var rescored = new ImpactRescorer(Quantize(vector)).Rescore(index.Searcher, candidates, point.Rescored);
        return new(
            first.TotalHits, [.. rescored.ScoreDocs.Concat(first.ScoreDocs.Skip(point.Rescored)).Take(count)],
            rescored.MaxScore);
    }

    private ImpactQuery Prune(SparseVector vector)
    {
        var query = Quantize(point.QueryPruning.Apply(vector));
        return _frequent?.Apply(query, index.Reader) ?? query;
    }

    private ImpactQuery Quantize(SparseVector vector) => new(SweepIndex.Impacts, queryScale.Quantize(vector));
}
