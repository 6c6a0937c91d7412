using System.Collections.Concurrent;
using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace LuceneLsr.Tools.Benchmarks.Clients;

/// <summary>What clients measured that searched at the same time, each on its own thread.</summary>
/// <param name="QueriesPerSecond">The throughput of all clients.</param>
/// <param name="Median">The median time of a query in milliseconds.</param>
/// <param name="Percentile99">The 99th percentile in milliseconds.</param>
internal sealed record ClientLoad(double QueriesPerSecond, double Median, double Percentile99)
{
    /// <summary>
    /// Runs clients until each query ran the given number of times, after a round that is not counted.
    /// </summary>
    /// <param name="search">Runs a query. It must be safe to call from several threads.</param>
    /// <param name="queries">The queries.</param>
    /// <param name="clients">The number of clients.</param>
    /// <param name="rounds">The number of rounds.</param>
    /// <param name="cancellation">Checked between queries.</param>
    public static ClientLoad Run(
        Action<string> search, string[] queries, int clients, int rounds, CancellationToken cancellation)
    {
        Measure(search, queries, clients, cancellation);
        var start = Stopwatch.GetTimestamp();
        var times = Measure(search, Enumerable.Repeat(queries, rounds).SelectMany(all => all), clients, cancellation);
        return new(times.Length / Stopwatch.GetElapsedTime(start).TotalSeconds, times.Median(), times.Percentile(99));
    }

    private static double[] Measure(
        Action<string> search, IEnumerable<string> queries, int clients, CancellationToken cancellation)
    {
        var (waiting, times) = (new ConcurrentQueue<string>(queries), new ConcurrentBag<double>());
        Task[] running = [.. Enumerable.Range(0, clients).Select(_ => Task.Factory.StartNew(
            () =>
            {
                while (waiting.TryDequeue(out var query))
                {
                    cancellation.ThrowIfCancellationRequested();
                    var start = Stopwatch.GetTimestamp();
                    search(query);
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WhenAll(running).GetAwaiter().GetResult();
        return [.. times];
    }
}
