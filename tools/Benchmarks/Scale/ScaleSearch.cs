using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Search;
using LuceneLsr.Tools.Benchmarks.Measurement;
using LuceneLsr.Tools.Benchmarks.Queries;
using LuceneLsr.Tools.Common.Output;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Scale;

/// <summary>Times queries on a <see cref="ScaleIndex"/> and prints what each step read from the disk.</summary>
/// <param name="index">The index.</param>
/// <param name="queries">The queries.</param>
/// <param name="rounds">The number of timed runs of each query.</param>
/// <param name="cancellation">Checked between queries.</param>
internal sealed class ScaleSearch(
    ScaleIndex index, IReadOnlyList<SparseVector> queries, int rounds, CancellationToken cancellation)
{
    private const int BaselineQueries = 10; // BooleanQuery takes a second

    private static readonly int[] Depths = [10, 1000];

    /// <summary>
    /// Checks the hits of some queries against <see cref="BooleanQuery"/>, times all queries and prints a table.
    /// </summary>
    /// <exception cref="InvalidDataException">Hits differ.</exception>
    public void Run()
    {
        var table = new Table().RoundedBorder().AddColumns("", "mean ms", "p50", "p99", "queries/s", "MB read");
        foreach (var depth in Depths)
        {
            SearchOnce(depth); // so that the code is compiled before the first timed query
            if (PageCache.TryEvict(index.Path))
            {
                Time(table, $"top {depth}, first time", () => SearchOnce(depth));
            }
        }

        using var reader = index.OpenReader();
        table.Title($"{reader.NumDocs:N0} documents, segments: {reader.Leaves.Count}, {index.SizeInBytes / 1e6:N0} MB");
        var searcher = new ImpactSearcher(reader);
        foreach (var depth in Depths)
        {
            TimeBaseline(table, searcher, depth);
            Time(table, searcher, $"top {depth}, 1 thread", depth, threads: 1);
            Time(table, searcher, $"top {depth}, 2 threads", depth, threads: 2);
            if (reader.Leaves.Count > 1)
            {
                Time(
                    table, new ImpactSearcher(reader, TaskScheduler.Default), $"top {depth}, segments in parallel",
                    depth, threads: 1);
            }
        }

        WideTable.Write(table);
    }

    // Each query once, in a new reader.
    private QueryTiming SearchOnce(int depth)
    {
        using var reader = index.OpenReader();
        return QueryTiming.MeasureOnce(CreateEngine(new ImpactSearcher(reader)), queries, depth, cancellation);
    }

    private void TimeBaseline(Table table, ImpactSearcher searcher, int depth)
    {
        var some = queries.Take(BaselineQueries).ToArray();
        var baseline = new Engine("BooleanQuery", (vector, count) => searcher.Search(
            BooleanImpactQuery.Create(WorkloadIndex.Field, vector, ImpactScale.Identity), count));
        HitComparison.RequireSameHits([baseline, CreateEngine(searcher)], some, depth, cancellation);
        Time(
            table, $"top {depth}, BooleanQuery, {some.Length} queries",
            () => QueryTiming.MeasureOnce(baseline, some, depth, cancellation));
    }

    private void Time(Table table, ImpactSearcher searcher, string name, int depth, int threads) => Time(
        table, name,
        () => QueryTiming.Measure([CreateEngine(searcher)], queries, depth, rounds, threads, cancellation)[0]);

    private static void Time(Table table, string name, Func<QueryTiming> measure)
    {
        var before = DiskReads.Count();
        var timing = measure();
        table.AddRow(
            name, $"{timing.Mean:F1}", $"{timing.Median:F1}", $"{timing.Percentile99:F1}",
            $"{timing.QueriesPerSecond:F1}", $"{(DiskReads.Count() - before) / 1e6:N0}");
    }

    private static Engine CreateEngine(IndexSearcher searcher) =>
        new("ImpactQuery", (vector, depth) => searcher.Search(Engine.CreateExactQuery(vector), depth));
}
