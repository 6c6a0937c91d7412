using System.Diagnostics;
using LuceneLsr.Evaluation.Runs;
using MathNet.Numerics.Statistics;

namespace LuceneLsr.Tools.Benchmarks;

/// <summary>Times of single queries in ms, and how many were answered a second.</summary>
internal sealed record Timing(double Mean, double Median, double Percentile99, double QueriesPerSecond)
{
    /// <summary>
    /// Times engines on queries, by so many threads at once. Each round is every engine's in turn, so that what slows
    /// the machine for a while slows all of them; one more before the others is not counted.
    /// </summary>
    public static Timing[] Of(
        Engine[] engines, IReadOnlyList<SparseVector> queries, int depth, int rounds, int threads,
        CancellationToken cancellation)
    {
        double[] elapsed = new double[engines.Length];
        List<double>[] times = [.. engines.Select(_ => new List<double>())];
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (at, engine) in engines.Index())
            {
                var start = Stopwatch.GetTimestamp();
                var ofRound = Round(engine, queries, depth, threads, cancellation);
                if (round >= 0)
                {
                    elapsed[at] += Stopwatch.GetElapsedTime(start).TotalSeconds;
                    times[at].AddRange(ofRound);
                }
            }
        }

        return [.. times.Zip(elapsed, (ofEngine, seconds) =>
            new Timing(ofEngine.Mean(), ofEngine.Median(), ofEngine.Percentile(99), ofEngine.Count / seconds))];
    }

    private static double[] Round(
        Engine engine, IReadOnlyList<SparseVector> queries, int depth, int threads, CancellationToken cancellation)
    {
        var times = new double[queries.Count];
        Parallel.For(
            0,
            times.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            at =>
            {
                var start = Stopwatch.GetTimestamp();
                engine.Search(queries[at], depth);
                times[at] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            });
        return times;
    }
}
