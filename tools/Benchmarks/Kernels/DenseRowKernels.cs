using BenchmarkDotNet.Attributes;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Tools.Benchmarks.Kernels;

/// <summary>Adds two dense byte rows of impacts to the score sums of 16,384 documents.</summary>
public class DenseRowKernels
{
    private const int Documents = 16_384;

    private readonly byte[] _first = new byte[Documents];
    private readonly byte[] _second = new byte[Documents];
    private readonly int[] _sums = new int[Documents];

    [GlobalSetup]
    public void Fill()
    {
        new Random(1).NextBytes(_first);
        new Random(2).NextBytes(_second);
    }

    [Benchmark(Baseline = true)]
    public void Scalar()
    {
        for (var index = 0; index < Documents; index++)
        {
            _sums[index] += (37 * _first[index]) + (64 * _second[index]);
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
