using BenchmarkDotNet.Attributes;
using Lucene.Net.Util.Packed;
using LuceneLsr.Storage.Packing;

namespace LuceneLsr.Tools.Benchmarks.Kernels;

/// <summary>Unpacks a block of 128 numbers.</summary>
public class PackedBlockKernels
{
    private readonly byte[] _packed = new byte[PackedBlock.GetPackedSize(32) + PackedBlock.Padding];
    private readonly int[] _numbers = new int[PackedBlock.Size];

    [Params(3, 8, 13)]
    public int Bits { get; set; }

    [Benchmark(Baseline = true)]
    public void Lucene()
    {
        var decoder = PackedInt32s.GetDecoder(PackedInt32s.Format.PACKED, PackedInt32s.VERSION_CURRENT, Bits);
        decoder.Decode(_packed, 0, _numbers, 0, PackedBlock.Size / decoder.ByteValueCount);
    }

    [Benchmark]
    public void Vectors() => PackedBlock.Unpack(_packed, PackedInt32s.Format.PACKED, Bits, _numbers);
}
