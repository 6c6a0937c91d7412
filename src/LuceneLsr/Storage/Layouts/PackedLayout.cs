using System.Buffers;
using System.Numerics;
using Lucene.Net.Util.Packed;
using LuceneLsr.Storage.Packing;

namespace LuceneLsr.Storage.Layouts;

/// <summary>
/// The smallest layout: full blocks of 128 postings, each the sum of its document gaps, then these gaps and the impacts,
/// each as a byte that tells their width in bits and the packed numbers (of width 0, for equal numbers, the number);
/// then the other postings, each twice the gap, plus one where the impact is one, and any other impact.
/// Single numbers are Lucene's variable-length integers.
/// </summary>
internal static class PackedLayout
{
    private const int MostBytesOfVInt = 5;

    private static readonly PackedInt32s.Format[] Formats =
        [.. Enumerable.Repeat(PackedInt32s.Format.PACKED, 32)];

    /// <summary>About how many bytes so many postings take.</summary>
    public static int UsualSize(int count) => (int)Math.Min(int.MaxValue, 3L * count);

    /// <summary>Lays postings out.</summary>
    public static void Write(ReadOnlySpan<int> documents, ReadOnlySpan<int> impacts, IBufferWriter<byte> into)
    {
        var last = 0;
        var gaps = new int[documents.Length];
        for (var at = 0; at < gaps.Length; at++)
        {
            gaps[at] = documents[at] - last;
            last = documents[at];
        }

        var inBlocks = gaps.Length - (gaps.Length % PackedBlock.Size);
        for (var block = 0; block < inBlocks; block += PackedBlock.Size)
        {
            var before = block == 0 ? 0 : documents[block - 1];
            WriteVInt((uint)(documents[block + PackedBlock.Size - 1] - before), into);
            WriteNumbers(gaps.AsSpan(block, PackedBlock.Size), into);
            WriteNumbers(impacts.Slice(block, PackedBlock.Size), into);
        }

        for (var at = inBlocks; at < gaps.Length; at++)
        {
            WriteVInt((uint)gaps[at] << 1 | (impacts[at] == 1 ? 1u : 0), into);
            if (impacts[at] != 1)
            {
                WriteVInt((uint)impacts[at], into);
            }
        }
    }

    /// <summary>A cursor before the first posting.</summary>
    public static PackedPostingCursor Open(EncodedPostings postings) =>
        new(postings.Bytes, Formats, isIndexed: true, postings.Count, postings.MaxImpact);

    private static void WriteNumbers(ReadOnlySpan<int> numbers, IBufferWriter<byte> into)
    {
        var isEqual = !numbers.ContainsAnyExcept(numbers[0]);
        var all = 0;
        foreach (var number in numbers)
        {
            all |= number;
        }

        var bits = isEqual ? 0 : 32 - BitOperations.LeadingZeroCount((uint)all);
        into.Write([(byte)bits]);
        if (isEqual)
        {
            WriteVInt((uint)numbers[0], into);
            return;
        }

        var encoder = PackedInt32s.GetEncoder(PackedInt32s.Format.PACKED, PackedInt32s.VERSION_CURRENT, bits);
        var packed = new byte[PackedBlock.PackedSize(bits)];
        encoder.Encode(numbers.ToArray(), 0, packed, 0, PackedBlock.Size / encoder.ByteValueCount);
        into.Write(packed);
    }

    private static void WriteVInt(uint value, IBufferWriter<byte> into)
    {
        var bytes = into.GetSpan(MostBytesOfVInt);
        var written = 0;
        for (; value > 0x7f; value >>= 7)
        {
            bytes[written++] = (byte)(value | 0x80);
        }

        bytes[written++] = (byte)value;
        into.Advance(written);
    }
}
