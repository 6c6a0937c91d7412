using CsCheck;
using Lucene.Net.Util.Packed;
using LuceneLsr.Postings;

namespace LuceneLsr.Tests.Postings;

public class PackedBlockTests
{
    [Fact]
    public void What_Lucene_packs_is_unpacked() => Gen.Int[1, 32].SelectMany(bits => Gen.Select(
        Gen.Const(bits), Gen.Long[0, (1L << Math.Min(bits, 31)) - 1].Array[PackedBlock.Size])).Sample((bits, numbers) =>
        {
            var encoder = PackedInt32s.GetEncoder(PackedInt32s.Format.PACKED, PackedInt32s.VERSION_CURRENT, bits);
            var packed = new byte[PackedBlock.PackedSize(bits) + PackedBlock.Padding];
            int[] expected = [.. numbers.Select(number => (int)number)], actual = new int[PackedBlock.Size];
            encoder.Encode(expected, 0, packed, 0, PackedBlock.Size / encoder.ByteValueCount);
            PackedBlock.Unpack(packed, bits, actual);
            Assert.Equal(expected, actual);
        });
}
