using Lucene.Net.Search;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Tools.Benchmarks.Workloads;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>
/// Runs every query on every engine: first checks that the hits agree, then prints each engine's times and its speed-up
/// over <see cref="BooleanQuery"/>.
/// </summary>
internal static class QueryBenchmark
{
    private static readonly int[] Depths = [10, 100, 1000];
    private static readonly int[] ThreadCounts = [1, 2];

    /// <exception cref="InvalidDataException">The workload has no terms, or the hits of engines differ.</exception>
    public static void Run(IWorkload workload, int rounds, CancellationToken cancellation)
    {
        workload.RequireTerms();
        var queries = workload.Queries();
        using var indexes = new WorkloadIndexes(workload, cancellation);
        IndexingTable.Write(workload, indexes, cancellation);
        var cache = new ImpactCache(long.MaxValue);
        var engines = CreateEngines(indexes, cache);
        foreach (var depth in Depths)
        {
            HitComparison.RequireSameHits(engines, queries, depth, cancellation);
            foreach (var threads in ThreadCounts)
            {
                WriteTimes(engines, queries, depth, rounds, threads, cancellation);
            }
        }

        AnsiConsole.MarkupLineInterpolated(
            $"Impact cache: {cache.SizeInBytes / 1e6:F1} MB for the terms of the queries.");
        ApproximationBenchmark.Run(indexes.ImpactCodec, queries, rounds, cancellation);
    }

    // The first one is the baseline.
    private static Engine[] CreateEngines(WorkloadIndexes indexes, ImpactCache cache) =>
    [
        Engine.Create(
            "BooleanQuery", indexes.DefaultCodec,
            query => BooleanImpactQuery.Create(WorkloadIndex.Field, query, ImpactScale.Identity)),
        Engine.Create("default codec", indexes.DefaultCodec, query => Engine.CreateExactQuery(query)),
        Engine.Create("impact cache", indexes.DefaultCodec, query => Engine.CreateExactQuery(query, cache)),
        Engine.Create("impact codec", indexes.ImpactCodec, query => Engine.CreateExactQuery(query)),
        Engine.Create("compact impact codec", indexes.CompactCodec, query => Engine.CreateExactQuery(query)),
    ];

    private static void WriteTimes(
        Engine[] engines, IReadOnlyList<SparseVector> queries, int depth, int rounds, int threads,
        CancellationToken cancellation)
    {
        var table = new Table().RoundedBorder().Title($"Top {depth}, {threads} thread{(threads > 1 ? "s" : "")}")
            .AddColumns("", "mean ms", "p50", "p99", "queries/s", "speed-up");
        var timings = QueryTiming.Measure(engines, queries, depth, rounds, threads, cancellation);
        foreach (var (engine, timing) in engines.Zip(timings))
        {
            table.AddRow(
                engine.Name, $"{timing.Mean:F3}", $"{timing.Median:F3}", $"{timing.Percentile99:F3}",
                $"{timing.QueriesPerSecond:F0}", $"{timing.QueriesPerSecond / timings[0].QueriesPerSecond:F1}x");
        }

        AnsiConsole.Write(table);
    }
}
