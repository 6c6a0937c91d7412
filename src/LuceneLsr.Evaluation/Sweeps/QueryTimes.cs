using System.Diagnostics;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>
/// Times searches on one thread. Each round runs every query of every point once, so that a slow moment of the machine
/// affects all points. The first round is a warm-up, in which postings are counted.
/// </summary>
internal static class QueryTimes
{
    /// <param name="points">For each point a search by the index of the query.</param>
    /// <param name="queries">The number of queries, at least 1.</param>
    /// <param name="rounds">The number of timed rounds, at least 1.</param>
    /// <param name="onRound">Called after each round.</param>
    /// <param name="cancellation">Checked before each query.</param>
    public static IReadOnlyList<PointCost> Measure(
        IReadOnlyList<Action<int>> points, int queries, int rounds, Action? onRound, CancellationToken cancellation)
    {
        var postings = CountPostings(points, queries, cancellation);
        onRound?.Invoke();
        double[][][] times = [.. points.Select(_ => Enumerable.Range(0, queries).Select(_ => new double[rounds]).ToArray())];
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (point, search) in points.Index())
            {
                for (var query = 0; query < queries; query++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var start = Stopwatch.GetTimestamp();
                    search(query);
                    times[point][query][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }
            }

            onRound?.Invoke();
        }

        return [.. times.Zip(postings, (perQuery, count) => Summarize(perQuery, (double)count / queries))];
    }

    private static long[] CountPostings(IReadOnlyList<Action<int>> points, int queries, CancellationToken cancellation)
    {
        using var counter = new PostingCounter();
        var counts = new long[points.Count];
        foreach (var (point, search) in points.Index())
        {
            for (var query = 0; query < queries; query++)
            {
                cancellation.ThrowIfCancellationRequested();
                search(query);
            }

            counts[point] = counter.Take();
        }

        return counts;
    }

    private static PointCost Summarize(double[][] timesPerQuery, double postings)
    {
        double[] medians = [.. timesPerQuery.Select(ComputeMedian).Order()];
        return new(medians.Average(), medians[(int)Math.Ceiling(0.99 * medians.Length) - 1], postings);
    }

    private static double ComputeMedian(double[] times)
    {
        Array.Sort(times);
        return (times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2;
    }
}
