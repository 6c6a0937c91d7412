using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>Median times of pieces of work.</summary>
/// <param name="time">How long each is repeated, once at least.</param>
/// <param name="cancellation">Checked before each run.</param>
internal sealed class Rounds(TimeSpan time, CancellationToken cancellation)
{
    private const int Most = 20;

    /// <summary>
    /// Median seconds of each. Each round is every one's in turn, so that what slows the machine for a while slows all
    /// of them; one more before the others is not counted, and what has had its time sits out.
    /// </summary>
    public double[] Medians(IReadOnlyList<Action> works)
    {
        List<double>[] seconds = [.. works.Select(_ => new List<double>())];
        foreach (var work in works)
        {
            Seconds(work);
        }

        for (var round = 0; round < Most; round++)
        {
            foreach (var (work, times) in works.Zip(seconds))
            {
                if (round == 0 || times.Sum() < time.TotalSeconds)
                {
                    times.Add(Seconds(work));
                }
            }
        }

        return [.. seconds.Select(times => times.Median())];
    }

    private double Seconds(Action work)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
