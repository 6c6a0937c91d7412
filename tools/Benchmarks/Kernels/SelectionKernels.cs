using BenchmarkDotNet.Attributes;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Tools.Benchmarks.Kernels;

/// <summary>Selects the best 1,000 of 2,000 hits.</summary>
public class SelectionKernels
{
    private const int Depth = 1_000;

    private readonly long[] _unsorted = [.. Enumerable.Range(0, 2 * Depth).Select(_ => Random.Shared.NextInt64())];
    private readonly long[] _hits = new long[2 * Depth];

    [Benchmark(Baseline = true)]
    public void Sort()
    {
        _unsorted.CopyTo(_hits, 0);
        Array.Sort(_hits);
    }

    [Benchmark]
    public void Select()
    {
        _unsorted.CopyTo(_hits, 0);
        Quickselect.MoveLargestToFront(_hits, Depth);
    }
}
