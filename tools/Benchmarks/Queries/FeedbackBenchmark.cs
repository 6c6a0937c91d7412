using Lucene.Net.Search;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Search.Feedback;
using LuceneLsr.Tools.Benchmarks.Workloads;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>
/// Prints the times of feedback and of more-like-this next to that of the query alone, for each source of postings. The
/// documents are the first hits of the query.
/// </summary>
internal static class FeedbackBenchmark
{
    private const int Depth = 10;
    private const int FeedbackDocuments = 10;

    public static void Run(IWorkload workload, int rounds, CancellationToken cancellation)
    {
        workload.RequireTerms();
        var queries = workload.Queries();
        using var indexes = new WorkloadIndexes(workload, cancellation);
        foreach (var index in indexes.All)
        {
            WriteTimes(index.Name, CreateEngines(index, cache: null), queries, rounds, cancellation);
        }

        var cache = new ImpactCache(long.MaxValue);
        cache.Warm(indexes.DefaultCodec.Reader, WorkloadIndex.Field);
        WriteTimes("warm cache", CreateEngines(indexes.DefaultCodec, cache), queries, rounds, cancellation);
    }

    private static Engine[] CreateEngines(WorkloadIndex index, ImpactCache? cache)
    {
        var feedback = new RocchioFeedback { Documents = FeedbackDocuments };
        return
        [
            new("the query alone", (query, depth) =>
                index.Searcher.Search(Engine.CreateExactQuery(query, cache), depth)),
            .. new[] { 1, FeedbackDocuments }.Select(count => new Engine(
                $"the query and reading {count} of its hits", (query, depth) => Read(index, query, depth, count, cache))),
            new($"feedback of {FeedbackDocuments} documents, and its search", (query, depth) => index.Searcher.Search(
                feedback.Expand(Engine.CreateExactQuery(query, cache), index.Searcher), depth)),
            new("the query, more like its first hit, and its search", (query, depth) =>
                SearchLikeFirst(index, query, depth, cache)),
        ];
    }

    private static TopDocs Read(WorkloadIndex index, SparseVector query, int depth, int count, ImpactCache? cache)
    {
        var hits = index.Searcher.Search(Engine.CreateExactQuery(query, cache), depth);
        DocumentImpacts.Read(
            index.Reader, WorkloadIndex.Field, [.. hits.ScoreDocs.Take(count).Select(hit => hit.Doc)], cache);
        return hits;
    }

    private static TopDocs SearchLikeFirst(WorkloadIndex index, SparseVector query, int depth, ImpactCache? cache)
    {
        int[] first = [.. index.Searcher.Search(Engine.CreateExactQuery(query, cache), 1).ScoreDocs
            .Select(hit => hit.Doc)];
        return index.Searcher.Search(
            new ImpactMoreLikeThis().CreateQuery(index.Reader, WorkloadIndex.Field, first, cache),
            new ExcludedDocuments(first), depth);
    }

    private static void WriteTimes(
        string source, Engine[] engines, IReadOnlyList<SparseVector> queries, int rounds,
        CancellationToken cancellation)
    {
        var table = new Table().RoundedBorder().Title($"Top {Depth}, 1 thread, {source}")
            .AddColumns("", "mean ms", "p50", "p99");
        var timings = QueryTiming.Measure(engines, queries, Depth, rounds, threads: 1, cancellation);
        foreach (var (engine, timing) in engines.Zip(timings))
        {
            table.AddRow(
                engine.Name, $"{timing.Mean:F3}", $"{timing.Median:F3}", $"{timing.Percentile99:F3}");
        }

        AnsiConsole.Write(table);
    }
}
