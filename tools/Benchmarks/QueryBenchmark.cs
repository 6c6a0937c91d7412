using Lucene.Net.Search;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Documents;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Indexing;
using LuceneLsr.Postings;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.Tools.Benchmarks.Workloads;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks;

/// <summary>Every engine on every query, and the time of each as a ratio to the boolean query's.</summary>
internal static class QueryBenchmark
{
    private const int DocumentsByField = 20_000; // enough for a rate

    private static readonly int[] Depths = [10, 100, 1000];

    public static void Run(IWorkload workload, int rounds, CancellationToken cancellation)
    {
        var queries = workload.Queries();
        if (!queries.Any(HasTerms) || !workload.Documents().Any(HasTerms))
        {
            throw new InvalidDataException("There is no document with a term, or no such query.");
        }

        using var standard = new WorkloadIndex(
            "default codec", workload.Documents(), isBulk: true, codec: null, cancellation);
        using var fast = new WorkloadIndex(
            "impact codec", workload.Documents(), isBulk: true, new ImpactCodec(WorkloadIndex.Field), cancellation);
        using var compact = new WorkloadIndex(
            "compact impact codec", workload.Documents(), isBulk: true,
            new ImpactCodec(new ImpactPostingsFormat(isCompact: true), WorkloadIndex.Field), cancellation);
        WriteIndexing(workload, standard, fast, compact, cancellation);
        var cache = new ImpactCache(long.MaxValue);
        Engine[] engines =
        [
            Engine.Of("BooleanQuery", standard,
                query => BooleanImpactQuery.Create(WorkloadIndex.Field, query, ImpactScale.Identity)),
            Engine.Of("default codec", standard, query => Engine.Exact(query)),
            Engine.Of("impact cache", standard, query => Engine.Exact(query, cache)),
            Engine.Of("impact codec", fast, query => Engine.Exact(query)),
            Engine.Of("compact impact codec", compact, query => Engine.Exact(query)),
        ];
        foreach (var depth in Depths)
        {
            Compare(engines, queries, depth, cancellation);
            WriteTimes(engines, queries, depth, rounds, threads: 1, cancellation);
            WriteTimes(engines, queries, depth, rounds, threads: 2, cancellation);
        }

        AnsiConsole.MarkupLineInterpolated($"impact cache: {cache.SizeInBytes / 1e6:F1} MB (the queries' terms)");
        ApproximationBenchmark.Run(fast, queries, rounds, cancellation);
    }

    private static bool HasTerms(SparseVector vector) => vector.Count > 0;

    private static void WriteIndexing(
        IWorkload workload, WorkloadIndex standard, WorkloadIndex fast, WorkloadIndex compact,
        CancellationToken cancellation)
    {
        using var byField = new WorkloadIndex(
            "ImpactField, default codec", workload.Documents().Take(DocumentsByField), isBulk: false, codec: null,
            cancellation);
        var table = new Table().RoundedBorder()
            .Title($"indexing {standard.Searcher.IndexReader.MaxDoc:N0} documents into one segment")
            .AddColumns("", "documents/s", "speed-up", "MB", "size");
        table.AddRow(
            $"ImpactField, default codec ({byField.Searcher.IndexReader.MaxDoc:N0} documents)",
            $"{byField.DocumentsPerSecond:F0}", "1.0x", $"{byField.SizeInBytes / 1e6:F1}");
        foreach (var bulk in new[] { standard, fast, compact })
        {
            table.AddRow(
                $"ImpactBulkWriter, {bulk.Name}", $"{bulk.DocumentsPerSecond:F0}",
                $"{bulk.DocumentsPerSecond / byField.DocumentsPerSecond:F1}x", $"{bulk.SizeInBytes / 1e6:F1}",
                $"{(double)bulk.SizeInBytes / standard.SizeInBytes:F2}x");
        }

        AnsiConsole.Write(table);
    }

    private static void Compare(
        Engine[] engines, IReadOnlyList<SparseVector> queries, int depth, CancellationToken cancellation)
    {
        foreach (var (number, query) in queries.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            var expected = engines[0].Search(query, depth);
            foreach (var engine in engines[1..])
            {
                var found = engine.Search(query, depth);
                if (found.TotalHits != expected.TotalHits || !Hits(found).SequenceEqual(Hits(expected)))
                {
                    throw new InvalidDataException(
                        $"{engine.Name} and {engines[0].Name} have other top {depth} hits for query {number}.");
                }
            }
        }
    }

    private static IEnumerable<(int, float)> Hits(TopDocs found) => found.ScoreDocs.Select(hit => (hit.Doc, hit.Score));

    private static void WriteTimes(
        Engine[] engines, IReadOnlyList<SparseVector> queries, int depth, int rounds, int threads,
        CancellationToken cancellation)
    {
        var table = new Table().RoundedBorder().Title($"top {depth}, {threads} thread{(threads > 1 ? "s" : "")}")
            .AddColumns("", "mean ms", "p50", "p99", "queries/s", "speed-up");
        var timings = Timing.Of(engines, queries, depth, rounds, threads, cancellation);
        foreach (var (engine, timing) in engines.Zip(timings))
        {
            table.AddRow(
                engine.Name, $"{timing.Mean:F3}", $"{timing.Median:F3}", $"{timing.Percentile99:F3}",
                $"{timing.QueriesPerSecond:F0}", $"{timing.QueriesPerSecond / timings[0].QueriesPerSecond:F1}x");
        }

        AnsiConsole.Write(table);
    }
}
