using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace LuceneLsr.Tools.Benchmarks.Measurement;

/// <summary>Measures median times of pieces of work.</summary>
/// <param name="time">The total time to repeat each piece of work; it is timed at least once.</param>
/// <param name="cancellation">Checked before each piece of work.</param>
internal sealed class Rounds(TimeSpan time, CancellationToken cancellation)
{
    /// <summary>The maximum number of timed runs of a piece of work.</summary>
    public const int Max = 20;

    /// <summary>
    /// Returns the median seconds of each piece of work. Every round runs each of them once, so that a temporary
    /// slowdown of the machine affects all; one that has used up its time is skipped. The first round is a warm-up and
    /// is not counted.
    /// </summary>
    public double[] MeasureMedians(IReadOnlyList<Action> works)
    {
        List<double>[] seconds = [.. works.Select(_ => new List<double>())];
        foreach (var work in works)
        {
            Measure(work);
        }

        for (var round = 0; round < Max; round++)
        {
            foreach (var (work, times) in works.Zip(seconds))
            {
                if (round == 0 || times.Sum() < time.TotalSeconds)
                {
                    times.Add(Measure(work));
                }
            }
        }

        return [.. seconds.Select(times => times.Median())];
    }

    private double Measure(Action work)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
