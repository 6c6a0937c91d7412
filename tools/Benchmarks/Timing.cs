using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace LuceneLsr.Tools.Benchmarks;

/// <summary>Times of single queries in ms, and how many were answered a second.</summary>
internal sealed record Timing(double Mean, double Median, double Percentile99, double QueriesPerSecond)
{
    /// <summary>Times an engine on queries in rounds, by so many threads at once.</summary>
    public static Timing Of<T>(
        IReadOnlyList<T> queries, Action<T> search, int rounds, int threads, CancellationToken cancellation)
    {
        foreach (var query in queries)
        {
            search(query); // once untimed, for the compiler and the caches
        }

        var times = new double[rounds * queries.Count];
        var start = Stopwatch.GetTimestamp();
        Parallel.For(
            0,
            times.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            at =>
            {
                var began = Stopwatch.GetTimestamp();
                search(queries[at % queries.Count]);
                times[at] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            });
        var elapsed = Stopwatch.GetElapsedTime(start);
        return new(times.Mean(), times.Median(), times.Percentile(99), times.Length / elapsed.TotalSeconds);
    }
}
