using BenchmarkDotNet.Attributes;
using LuceneLsr.Search;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Tools.Benchmarks.Kernels;

/// <summary>The best thousand of two thousand hits.</summary>
public class SelectionKernels
{
    private const int Wanted = 1_000;

    private readonly long[] _drawn = [.. Enumerable.Range(0, 2 * Wanted).Select(_ => Random.Shared.NextInt64())];
    private readonly long[] _hits = new long[2 * Wanted];

    [Benchmark(Baseline = true)]
    public void Sort()
    {
        _drawn.CopyTo(_hits, 0);
        Array.Sort(_hits);
    }

    [Benchmark]
    public void Quickselect()
    {
        _drawn.CopyTo(_hits, 0);
        LuceneLsr.Search.Scoring.Quickselect.MoveLargestToFront(_hits, Wanted);
    }
}
