using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>Times of single queries in milliseconds, and the throughput.</summary>
internal sealed record QueryTiming(double Mean, double Median, double Percentile99, double QueriesPerSecond)
{
    /// <summary>
    /// Times engines on the same queries. Every round runs each engine once, so that a temporary slowdown of the
    /// machine affects all of them. The first round is a warm-up and is not counted.
    /// </summary>
    /// <param name="engines">The engines.</param>
    /// <param name="queries">The queries of a round.</param>
    /// <param name="depth">The number of hits per query.</param>
    /// <param name="rounds">The number of counted rounds.</param>
    /// <param name="threads">The number of queries that run at the same time.</param>
    /// <param name="cancellation">Checked between queries.</param>
    /// <returns>The timing of each engine.</returns>
    public static QueryTiming[] Measure(
        Engine[] engines, IReadOnlyList<SparseVector> queries, int depth, int rounds, int threads,
        CancellationToken cancellation)
    {
        double[] elapsed = new double[engines.Length];
        List<double>[] times = [.. engines.Select(_ => new List<double>())];
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (index, engine) in engines.Index())
            {
                var start = Stopwatch.GetTimestamp();
                var queryTimes = RunRound(engine, queries, depth, threads, cancellation);
                if (round >= 0)
                {
                    elapsed[index] += Stopwatch.GetElapsedTime(start).TotalSeconds;
                    times[index].AddRange(queryTimes);
                }
            }
        }

        return [.. times.Zip(elapsed, FromTimes)];
    }

    /// <summary>Times one engine on each query once, one after the other, without a warm-up.</summary>
    public static QueryTiming MeasureOnce(
        Engine engine, IReadOnlyList<SparseVector> queries, int depth, CancellationToken cancellation)
    {
        List<double> times = [.. RunRound(engine, queries, depth, threads: 1, cancellation)];
        return FromTimes(times, times.Sum() / 1000);
    }

    private static QueryTiming FromTimes(List<double> times, double elapsedSeconds) =>
        new(times.Mean(), times.Median(), times.Percentile(99), times.Count / elapsedSeconds);

    private static double[] RunRound(
        Engine engine, IReadOnlyList<SparseVector> queries, int depth, int threads, CancellationToken cancellation)
    {
        var times = new double[queries.Count];
        Parallel.For(
            0,
            times.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            index =>
            {
                var start = Stopwatch.GetTimestamp();
                engine.Search(queries[index], depth);
                times[index] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            });
        return times;
    }
}
