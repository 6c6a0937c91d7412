using Lucene.Net.Search;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Search;
using MathNet.Numerics.Statistics;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks;

/// <summary>What a query costs, and what share of the exact top hits it finds, without its weak terms.</summary>
internal static class ApproximationBenchmark
{
    private const int CandidatesOfHit = 10;

    private static readonly int[] Depths = [10, 100];

    private static readonly (string Name, VectorPruning Pruning)[] Prunings =
    [
        ("24 terms", new VectorPruning { MaxTerms = 24 }),
        ("16 terms", new VectorPruning { MaxTerms = 16 }),
        ("8 terms", new VectorPruning { MaxTerms = 8 }),
        ("weight 50 and more", new VectorPruning { MinWeight = 50 }),
        ("weight 1/4 of the largest and more", new VectorPruning { MinRatio = 0.25f }),
    ];

    public static void Run(
        WorkloadIndex index, IReadOnlyList<SparseVector> queries, int rounds, CancellationToken cancellation)
    {
        var exact = Engine.Of("all terms", index, query => Engine.Exact(query));
        Engine[] approximate = [.. Prunings.SelectMany(pruning => Engines(index, pruning.Name, pruning.Pruning))];
        foreach (var depth in Depths)
        {
            Write(exact, approximate, queries, depth, rounds, cancellation);
        }
    }

    private static Engine[] Engines(WorkloadIndex index, string name, VectorPruning pruning)
    {
        ImpactQuery Pruned(SparseVector query) => Engine.Exact(pruning.Apply(query));
        return
        [
            Engine.Of(name, index, Pruned),
            new($"{name}, {CandidatesOfHit} hits rescored for each wanted", (query, depth) => new ImpactRescorer(Engine.Exact(query))
                .Rescore(index.Searcher, index.Searcher.Search(Pruned(query), CandidatesOfHit * depth), depth)),
        ];
    }

    private static void Write(
        Engine exact, Engine[] approximate, IReadOnlyList<SparseVector> queries, int depth, int rounds,
        CancellationToken cancellation)
    {
        var table = new Table().RoundedBorder().Title($"approximate top {depth}, impact codec, 1 thread")
            .AddColumns("", "mean ms", "p99", "speed-up", $"share of the exact top {depth}");
        HashSet<int>[] wanted = [.. queries.Select(query => Documents(exact.Search(query, depth)))];
        Engine[] engines = [exact, .. approximate];
        var timings = Timing.Of(engines, queries, depth, rounds, threads: 1, cancellation);
        foreach (var (engine, timing) in engines.Zip(timings))
        {
            var recall = queries.Zip(wanted).Where(pair => pair.Second.Count > 0).Select(pair =>
                (double)Documents(engine.Search(pair.First, depth)).Intersect(pair.Second).Count()
                / pair.Second.Count).Mean();
            table.AddRow(
                engine.Name, $"{timing.Mean:F3}", $"{timing.Percentile99:F3}",
                $"{timings[0].Mean / timing.Mean:F2}x", $"{recall:F3}");
        }

        AnsiConsole.Write(table);
    }

    private static HashSet<int> Documents(TopDocs found) => [.. found.ScoreDocs.Select(hit => hit.Doc)];
}
