using MathNet.Numerics.Statistics;

namespace LuceneLsr.Tools.Cluster.Simulations;

/// <summary>The figures of a simulation.</summary>
/// <param name="Mean">The mean latency in milliseconds.</param>
/// <param name="Median">The median latency in milliseconds.</param>
/// <param name="Percentile99">The 99th percentile of the latency in milliseconds.</param>
/// <param name="Busy">The share of the time that the cores of silos were busy, from 0 to 1.</param>
internal sealed record SimulationResult(double Mean, double Median, double Percentile99, double Busy)
{
    /// <summary>Computes the figures.</summary>
    /// <param name="seconds">The latencies.</param>
    /// <param name="busy">The share of busy cores.</param>
    public static SimulationResult Create(double[] seconds, double busy)
    {
        double[] milliseconds = [.. seconds.Select(value => value * 1e3)];
        return new(milliseconds.Mean(), milliseconds.Median(), milliseconds.Percentile(99), busy);
    }
}
