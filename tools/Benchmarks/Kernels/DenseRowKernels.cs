using BenchmarkDotNet.Attributes;
using LuceneLsr.Search;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Tools.Benchmarks.Kernels;

/// <summary>Two rows of bytes added to the sums of a window of 16,384 documents.</summary>
public class DenseRowKernels
{
    private const int Window = 16_384;

    private readonly byte[] _first = new byte[Window];
    private readonly byte[] _second = new byte[Window];
    private readonly int[] _sums = new int[Window];

    [GlobalSetup]
    public void Fill()
    {
        new Random(1).NextBytes(_first);
        new Random(2).NextBytes(_second);
    }

    [Benchmark(Baseline = true)]
    public void Scalar()
    {
        for (var at = 0; at < Window; at++)
        {
            _sums[at] += (37 * _first[at]) + (64 * _second[at]);
        }
    }

    [Benchmark]
    public void OneByOne()
    {
        DenseRows.Add(_first, 37, _sums);
        DenseRows.Add(_second, 64, _sums);
    }

    [Benchmark]
    public void Pair() => DenseRows.AddPair(_first, 37, _second, 64, _sums);
}
