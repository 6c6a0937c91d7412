using System.Diagnostics;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Evaluation.Sweeps;
using LuceneLsr.Tools.Benchmarks.Queries;
using LuceneLsr.Tools.Benchmarks.Workloads;
using MathNet.Numerics;
using MathNet.Numerics.Statistics;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Costs;

/// <summary>
/// Fits a line to the times of queries over their postings, on indexes of different sizes: the slope is the cost of a
/// posting, and the rest is the fixed cost of a query.
/// </summary>
internal static class CostsBenchmark
{
    private const int Top = 10;

    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(3);

    private static readonly int[] Parts = [16, 8, 4, 2, 1]; // the largest index last

    /// <summary>Measures and prints a table.</summary>
    public static void Run(IWorkload workload, int rounds, CancellationToken cancellation)
    {
        workload.RequireTerms();
        var count = workload.CountDocuments();
        var queries = workload.Queries();
        var sizes = new List<SizeCost>();
        foreach (var documents in Parts.Select(part => Math.Max(1, count / part)).Distinct())
        {
            using var index = WorkloadIndex.CreateInBulk(
                $"{documents:N0} documents", workload, new ImpactCodec(WorkloadIndex.Field), cancellation,
                maxDocuments: documents);
            sizes.Add(Measure(index, queries, rounds, cancellation));
        }

        Print(sizes);
    }

    private static SizeCost Measure(
        WorkloadIndex index, IReadOnlyList<SparseVector> queries, int rounds, CancellationToken cancellation)
    {
        WarmUp(index, queries, cancellation);
        var costs = queries.Select(query => Measure(index, query, rounds, cancellation)).ToList();
        return new(
            index.Count, costs.Average(cost => cost.Postings), costs.Average(cost => cost.Microseconds),
            costs.Select(cost => Math.Log(cost.Microseconds)).StandardDeviation());
    }

    // Until the code is compiled with all optimizations.
    private static void WarmUp(WorkloadIndex index, IReadOnlyList<SparseVector> queries, CancellationToken cancellation)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < WarmUpTime;)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var query in queries)
            {
                index.Searcher.Search(Engine.CreateExactQuery(query), Top);
            }
        }
    }

    private static (double Postings, double Microseconds) Measure(
        WorkloadIndex index, SparseVector query, int rounds, CancellationToken cancellation)
    {
        var times = new List<double>();
        using var counter = new PostingCounter();
        for (var round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            counter.Take();
            var start = Stopwatch.GetTimestamp();
            index.Searcher.Search(Engine.CreateExactQuery(query), Top);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return (counter.Take(), times.Median());
    }

    private static void Print(List<SizeCost> sizes)
    {
        var table = new Table().RoundedBorder()
            .AddColumns("documents", "postings per query", "µs per query (top 10, impact codec, one thread)");
        sizes.ForEach(size => table.AddRow(
            $"{size.Documents:N0}", $"{size.Postings:N0}", $"{size.Microseconds:N1}"));
        AnsiConsole.Write(table);
        var (fixedCost, slope) = Fit.Line(
            [.. sizes.Select(size => size.Postings)], [.. sizes.Select(size => size.Microseconds)]);
        if (slope <= 0)
        {
            throw new InvalidOperationException(
                "The times do not grow with the postings: the indexes are too small to measure. Use more --documents.");
        }

        var largest = sizes[^1];
        AnsiConsole.Write(new Table().RoundedBorder().AddColumns("fitted costs", "")
            .AddRow("ns per posting", $"{slope * 1e3:F3}")
            .AddRow("µs per query besides the postings", $"{fixedCost:F0}")
            .AddRow("postings per query and document", $"{largest.Postings / largest.Documents:F2}")
            .AddRow("standard deviation of the logarithm of a query's time", $"{largest.Spread:F2}"));
    }

    /// <summary>What queries cost on an index.</summary>
    /// <param name="Documents">The number of documents.</param>
    /// <param name="Postings">The average number of postings of a query.</param>
    /// <param name="Microseconds">The average time of a query.</param>
    /// <param name="Spread">The standard deviation of the logarithm of the times.</param>
    private sealed record SizeCost(int Documents, double Postings, double Microseconds, double Spread);
}
