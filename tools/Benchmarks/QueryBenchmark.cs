using System.Diagnostics;
using Lucene.Net.Search;
using LuceneLsr.Encoding;
using LuceneLsr.Postings;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using MathNet.Numerics.Statistics;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks;

/// <summary>Every engine on every query, and the time of each as a ratio to the boolean query's.</summary>
internal static class QueryBenchmark
{
    private static readonly int[] Depths = [10, 100, 1000];

    public static void Run(int documents, int queryCount, int rounds, CancellationToken cancellation)
    {
        var workload = new ZipfWorkload(seed: 1);
        using var index = new WorkloadIndex(workload, documents, isBulk: false, cancellation);
        using var bulk = new WorkloadIndex(new ZipfWorkload(seed: 1), documents, isBulk: true, cancellation);
        SparseVector[] queries = [.. Enumerable.Range(0, queryCount).Select(_ => workload.Query())];
        var cache = new ImpactCache(long.MaxValue);
        (string Name, Func<SparseVector, Query> Create)[] engines =
        [
            ("BooleanQuery", query => ImpactQueries.Create(WorkloadIndex.Field, query, ImpactScale.Identity)),
            ("ImpactQuery, standard codec", query => Fast(query, null)),
            ("ImpactQuery, impact cache", query => Fast(query, cache)),
        ];
        WriteIndexing(documents, index, bulk, [.. queries.Select(engines[0].Create)]);
        foreach (var depth in Depths)
        {
            Compare(index.Searcher, engines, queries, depth);
            Measure(index.Searcher, engines, queries, depth, rounds, cancellation);
        }

        AnsiConsole.MarkupLineInterpolated($"impact cache: {cache.SizeInBytes / 1e6:F1} MB");
    }

    private static void WriteIndexing(int documents, WorkloadIndex index, WorkloadIndex bulk, Query[] queries)
    {
        if (queries.Any(query => !Hits(index.Searcher, query, Depths[^1]).SequenceEqual(
            Hits(bulk.Searcher, query, Depths[^1]))))
        {
            throw new InvalidDataException("The bulk index answers differently.");
        }

        AnsiConsole.Write(new Table().RoundedBorder().Title($"indexing {documents:N0} documents, merged into one segment")
            .AddColumns("", "documents/s", "MB", "speed-up")
            .AddRow("ImpactField", $"{index.DocumentsPerSecond:F0}", $"{index.SizeInBytes / 1e6:F1}", "1.0x")
            .AddRow("ImpactBulkWriter", $"{bulk.DocumentsPerSecond:F0}", $"{bulk.SizeInBytes / 1e6:F1}",
                $"{bulk.DocumentsPerSecond / index.DocumentsPerSecond:F1}x"));
    }

    private static ImpactQuery Fast(SparseVector query, ImpactCache? cache) =>
        new(WorkloadIndex.Field, ImpactScale.Identity.Quantize(query), cache);

    private static void Compare(
        IndexSearcher searcher, (string Name, Func<SparseVector, Query> Create)[] engines, SparseVector[] queries,
        int depth)
    {
        foreach (var query in queries)
        {
            var expected = Hits(searcher, engines[0].Create(query), depth);
            foreach (var (name, create) in engines[1..])
            {
                if (!expected.SequenceEqual(Hits(searcher, create(query), depth)))
                {
                    throw new InvalidDataException($"{name} disagrees with {engines[0].Name} on {query}.");
                }
            }
        }
    }

    private static IEnumerable<(int, float)> Hits(IndexSearcher searcher, Query query, int depth) =>
        searcher.Search(query, depth).ScoreDocs.Select(hit => (hit.Doc, hit.Score));

    private static void Measure(
        IndexSearcher searcher, (string Name, Func<SparseVector, Query> Create)[] engines, SparseVector[] queries,
        int depth, int rounds, CancellationToken cancellation)
    {
        var table = new Table().RoundedBorder().Title($"top {depth}")
            .AddColumns("", "mean ms", "p50", "p99", "speed-up (mean)");
        double baseline = 0;
        foreach (var (name, create) in engines)
        {
            double[] times = [.. Enumerable.Range(0, rounds).SelectMany(_ => queries).Select(query =>
            {
                cancellation.ThrowIfCancellationRequested();
                var start = Stopwatch.GetTimestamp();
                searcher.Search(create(query), depth);
                return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            })];
            baseline = baseline == 0 ? times.Mean() : baseline;
            table.AddRow(name, $"{times.Mean():F3}", $"{times.Median():F3}", $"{times.Percentile(99):F3}",
                $"{baseline / times.Mean():F1}x");
        }

        AnsiConsole.Write(table);
    }
}
