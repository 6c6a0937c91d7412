using BenchmarkDotNet.Attributes;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Tools.Benchmarks.Kernels;

/// <summary>Adds nine dense byte rows of impacts to the score sums of 16,384 documents.</summary>
public unsafe class DenseRowKernels
{
    private const int Documents = 16_384;
    private const int Rows = 9; // the average of a query of the workload zipf

    private readonly byte[][] _impacts =
        [.. Enumerable.Range(0, Rows).Select(_ => GC.AllocateArray<byte>(Documents, pinned: true))];

    private readonly DenseRow[] _rows = new DenseRow[Rows];
    private readonly int[] _sums = new int[Documents];

    [GlobalSetup]
    public void Fill()
    {
        for (var row = 0; row < Rows; row++)
        {
            new Random(row).NextBytes(_impacts[row]);
            fixed (byte* impacts = _impacts[row])
            {
                _rows[row] = new DenseRow(impacts, weight: 30 + row);
            }
        }
    }

    [Benchmark(Baseline = true)]
    public void Scalar()
    {
        for (var row = 0; row < Rows; row++)
        {
            for (var document = 0; document < Documents; document++)
            {
                _sums[document] += (30 + row) * _impacts[row][document];
            }
        }
    }

    [Benchmark]
    public void OneByOne()
    {
        for (var row = 0; row < Rows; row++)
        {
            DenseRows.Add(_rows.AsSpan(row, 1), Documents, _sums);
        }
    }

    [Benchmark]
    public void InOnePass() => DenseRows.Add(_rows, Documents, _sums);
}
