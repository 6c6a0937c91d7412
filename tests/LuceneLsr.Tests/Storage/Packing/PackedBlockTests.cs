using CsCheck;
using Lucene.Net.Util.Packed;
using LuceneLsr.Storage.Packing;

namespace LuceneLsr.Tests.Storage.Packing;

public class PackedBlockTests
{
    private static readonly Gen<PackedInt32s.Format>[] Formats =
        [Gen.Const(PackedInt32s.Format.PACKED), Gen.Const(PackedInt32s.Format.PACKED_SINGLE_BLOCK)];

    [Fact]
    public void Unpack_restores_numbers_packed_by_Lucene() =>
        Gen.Select(Gen.OneOf(Formats), Gen.Int[1, 32])
            .Where(PackedBlock.IsSupported)
            .SelectMany((format, bits) => Gen.Select(
                Gen.Const(format), Gen.Const(bits), Gen.Long[0, (1L << bits) - 1].Array[PackedBlock.Size]))
            .Sample((format, bits, numbers) =>
            {
                var encoder = PackedInt32s.GetEncoder(format, PackedInt32s.VERSION_CURRENT, bits);
                var packed = new byte[PackedBlock.GetPackedSize(bits) + PackedBlock.Padding];
                int[] expected = [.. numbers.Select(number => (int)number)], actual = new int[PackedBlock.Size];
                encoder.Encode(expected, 0, packed, 0, PackedBlock.Size / encoder.ByteValueCount);
                PackedBlock.Unpack(packed, format, bits, actual);
                Assert.Equal(expected, actual);
                Array.Clear(actual);
                PackedBlock.Unpack(packed.AsSpan(0, PackedBlock.GetPackedSize(bits)), format, bits, actual);
                Assert.Equal(expected, actual);
            });
}
