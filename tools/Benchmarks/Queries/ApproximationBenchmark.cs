using Lucene.Net.Search;
using LuceneLsr.Search;
using MathNet.Numerics.Statistics;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>
/// Prints what pruning a query's low-weight terms saves in time and costs in recall, with and without rescoring.
/// </summary>
internal static class ApproximationBenchmark
{
    private const int CandidatesPerHit = 10;

    private static readonly int[] Depths = [10, 100];

    private static readonly (string Name, VectorPruning Pruning)[] Prunings =
    [
        ("24 terms", new VectorPruning { MaxTerms = 24 }),
        ("16 terms", new VectorPruning { MaxTerms = 16 }),
        ("8 terms", new VectorPruning { MaxTerms = 8 }),
        ("weight >= 50", new VectorPruning { MinWeight = 50 }),
        ("weight >= 1/4 of the largest", new VectorPruning { MinRatio = 0.25f }),
        ("90 % of the mass", new VectorPruning { MinMass = 0.9f }),
        ("75 % of the mass", new VectorPruning { MinMass = 0.75f }),
        ("60 % of the mass", new VectorPruning { MinMass = 0.6f }),
    ];

    public static void Run(
        WorkloadIndex index, IReadOnlyList<SparseVector> queries, int rounds, CancellationToken cancellation)
    {
        var exact = Engine.Create("all terms", index, query => Engine.CreateExactQuery(query));
        Engine[] approximate =
        [
            .. Prunings.SelectMany(pruning => CreateEngines(
                index, pruning.Name, query => Engine.CreateExactQuery(pruning.Pruning.Apply(query)))),
            .. CreateEngines(
                index, "without frequent light terms",
                query => new FrequentTermPruning().Apply(Engine.CreateExactQuery(query), index.Reader)),
        ];
        foreach (var depth in Depths)
        {
            WriteTable(exact, approximate, queries, depth, rounds, cancellation);
        }
    }

    private static Engine[] CreateEngines(WorkloadIndex index, string name, Func<SparseVector, ImpactQuery> prune) =>
    [
        Engine.Create(name, index, prune),
        new($"{name}, rescored", (query, depth) =>
            new ImpactRescorer(Engine.CreateExactQuery(query)).Rescore(
                index.Searcher, index.Searcher.Search(prune(query), CandidatesPerHit * depth), depth)),
    ];

    private static void WriteTable(
        Engine exact, Engine[] approximate, IReadOnlyList<SparseVector> queries, int depth, int rounds,
        CancellationToken cancellation)
    {
        var table = new Table().RoundedBorder().Title($"Approximate top {depth}, impact codec, 1 thread")
            .AddColumns("", "mean ms", "p99", "speed-up", "recall")
            .Caption($"recall of the exact top {depth}; rescored: {CandidatesPerHit} candidates per hit");
        HashSet<int>[] expected = [.. queries.Select(query => GetDocuments(exact.Search(query, depth)))];
        Engine[] engines = [exact, .. approximate];
        var timings = QueryTiming.Measure(engines, queries, depth, rounds, threads: 1, cancellation);
        foreach (var (engine, timing) in engines.Zip(timings))
        {
            table.AddRow(
                engine.Name, $"{timing.Mean:F3}", $"{timing.Percentile99:F3}",
                $"{timings[0].Mean / timing.Mean:F2}x", $"{ComputeRecall(engine, queries, expected, depth):F3}");
        }

        AnsiConsole.Write(table);
    }

    private static double ComputeRecall(
        Engine engine, IReadOnlyList<SparseVector> queries, HashSet<int>[] expected, int depth) =>
        queries.Zip(expected)
            .Where(pair => pair.Second.Count > 0)
            .Select(pair => (double)GetDocuments(engine.Search(pair.First, depth)).Intersect(pair.Second).Count()
                / pair.Second.Count)
            .Mean();

    private static HashSet<int> GetDocuments(TopDocs found) => [.. found.ScoreDocs.Select(hit => hit.Doc)];
}
