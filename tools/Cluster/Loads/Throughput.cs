using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace LuceneLsr.Tools.Cluster.Loads;

/// <summary>How fast searches are answered.</summary>
/// <param name="QueriesPerSecond">Of all callers together.</param>
/// <param name="Median">The median latency in milliseconds.</param>
/// <param name="Percentile95">The 95th percentile of the latency in milliseconds.</param>
internal sealed record Throughput(double QueriesPerSecond, double Median, double Percentile95)
{
    /// <summary>
    /// Lets several callers search one query after the other, first to warm up, for as long as then to measure.
    /// </summary>
    public static async Task<Throughput> MeasureAsync(
        Func<int, Task> search, int callers, TimeSpan time, CancellationToken cancellationToken)
    {
        await RunAsync(search, callers, time, cancellationToken).ConfigureAwait(false);
        var clock = Stopwatch.StartNew();
        var latencies = await RunAsync(search, callers, time, cancellationToken).ConfigureAwait(false);
        var seconds = clock.Elapsed.TotalSeconds;
        return new(latencies.Length / seconds, latencies.Median(), latencies.Percentile(95));
    }

    private static async Task<double[]> RunAsync(
        Func<int, Task> search, int callers, TimeSpan time, CancellationToken cancellationToken)
    {
        var next = 0;
        var clock = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(
            async () =>
            {
                var own = new List<double>();
                do
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var start = Stopwatch.GetTimestamp();
                    await search(Interlocked.Increment(ref next)).ConfigureAwait(false);
                    own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
                while (clock.Elapsed < time);
                return own;
            },
            cancellationToken))).ConfigureAwait(false);
        return [.. latencies.SelectMany(own => own)];
    }
}
