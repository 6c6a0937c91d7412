using Lucene.Net.Search;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Similarities;
using LuceneLsr.Tools.Benchmarks.Queries;
using LuceneLsr.Tools.Benchmarks.Workloads;
using LuceneLsr.Tools.Common.Output;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Hosts;

/// <summary>
/// Runs every kind of search on every engine: first checks that the hits agree, then prints each engine's time and its
/// speed-up over <see cref="BooleanQuery"/>.
/// </summary>
internal static class HostBenchmark
{
    /// <exception cref="InvalidDataException">The workload has no terms, or the hits of engines differ.</exception>
    public static void Run(IWorkload workload, int rounds, CancellationToken cancellation)
    {
        workload.RequireTerms();
        var queries = workload.Queries();
        using var standard = WorkloadIndex.CreateInBulk(
            "default codec", workload, codec: null, cancellation, HostFields.Create);
        using var impact = WorkloadIndex.CreateInBulk(
            "impact codec", workload, new ImpactCodec(WorkloadIndex.Field), cancellation, HostFields.Create);
        var cache = new ImpactCache(long.MaxValue);
        var table = new Table().RoundedBorder().Title($"{standard.Count:N0} documents, mean ms, 1 thread")
            .AddColumns(
                "", "BooleanQuery", "default codec", "impact cache", "impact codec", "ImpactSearcher");
        foreach (var search in HostSearch.All)
        {
            var engines = CreateEngines(search, standard, impact, cache);
            HitComparison.RequireSameHits(engines, queries, search.Depth, cancellation);
            var timings = QueryTiming.Measure(engines, queries, search.Depth, rounds, threads: 1, cancellation);
            table.AddRow([
                search.Name, $"{timings[0].Mean:F2}",
                .. timings.Skip(1).Select(timing => $"{timing.Mean:F2} ({timings[0].Mean / timing.Mean:F1}x)"),
            ]);
        }

        WideTable.Write(table);
    }

    // The first one is the baseline.
    private static Engine[] CreateEngines(
        HostSearch search, WorkloadIndex standard, WorkloadIndex impact, ImpactCache cache) =>
    [
        CreateEngine(
            "BooleanQuery", search, CreatePlainSearcher(standard),
            query => BooleanImpactQuery.Create(WorkloadIndex.Field, query, ImpactScale.Identity)),
        CreateEngine("default codec", search, CreatePlainSearcher(standard), query => Engine.CreateExactQuery(query)),
        CreateEngine(
            "impact cache", search, CreatePlainSearcher(standard), query => Engine.CreateExactQuery(query, cache)),
        CreateEngine("impact codec", search, CreatePlainSearcher(impact), query => Engine.CreateExactQuery(query)),
        CreateEngine("ImpactSearcher", search, impact.Searcher, query => Engine.CreateExactQuery(query)),
    ];

    private static IndexSearcher CreatePlainSearcher(WorkloadIndex index) =>
        new(index.Reader) { Similarity = new ImpactSimilarity() };

    private static Engine CreateEngine(
        string name, HostSearch search, IndexSearcher searcher, Func<SparseVector, Query> createQuery) =>
        new(name, (vector, depth) => search.Search(searcher, createQuery(vector), depth));
}
