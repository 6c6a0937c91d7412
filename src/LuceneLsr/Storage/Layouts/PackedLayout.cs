using System.Buffers;
using System.Numerics;
using Lucene.Net.Util.Packed;
using LuceneLsr.Storage.Packing;

namespace LuceneLsr.Storage.Layouts;

/// <summary>
/// The layout of rare terms and, in compact indexes, of all terms that a bitmap does not make smaller. Single numbers
/// are Lucene's variable-length integers. The bytes are:
/// <list type="number">
/// <item>for each full block of 128 postings: the sum of its document gaps, the gaps, the impacts. Gaps and impacts are
/// each one byte with their width in bits, then the packed numbers, or the one number if all are equal (width
/// 0);</item>
/// <item>for each remaining posting: twice its document gap, plus one if the impact is 1; otherwise the impact
/// follows.</item>
/// </list>
/// </summary>
internal static class PackedLayout
{
    private const int MaxVIntSize = 5;
    private const long EstimatedBytesPerPosting = 3;

    private static readonly PackedInt32s.Format[] Formats =
        [.. Enumerable.Repeat(PackedInt32s.Format.PACKED, 32)];

    /// <summary>Returns an estimate of the size of a term's postings in bytes.</summary>
    public static int EstimateSize(int count) => (int)Math.Min(int.MaxValue, EstimatedBytesPerPosting * count);

    /// <summary>Writes postings.</summary>
    public static void Write(ReadOnlySpan<int> documents, ReadOnlySpan<int> impacts, IBufferWriter<byte> output)
    {
        var gaps = ComputeGaps(documents);
        var inBlocks = gaps.Length - (gaps.Length % PackedBlock.Size);
        for (var block = 0; block < inBlocks; block += PackedBlock.Size)
        {
            var previous = block == 0 ? 0 : documents[block - 1];
            WriteVInt((uint)(documents[block + PackedBlock.Size - 1] - previous), output);
            WriteBlock(gaps.AsSpan(block, PackedBlock.Size), output);
            WriteBlock(impacts.Slice(block, PackedBlock.Size), output);
        }

        for (var i = inBlocks; i < gaps.Length; i++)
        {
            WriteVInt((uint)gaps[i] << 1 | (impacts[i] == 1 ? 1u : 0), output);
            if (impacts[i] != 1)
            {
                WriteVInt((uint)impacts[i], output);
            }
        }
    }

    /// <summary>Opens a cursor before the first posting.</summary>
    public static PackedPostingCursor OpenCursor(EncodedPostings postings) =>
        new(postings.Bytes, Formats, hasGapSums: true, postings.Count, postings.MaxImpact);

    private static int[] ComputeGaps(ReadOnlySpan<int> documents)
    {
        var previous = 0;
        var gaps = new int[documents.Length];
        for (var i = 0; i < gaps.Length; i++)
        {
            gaps[i] = documents[i] - previous;
            previous = documents[i];
        }

        return gaps;
    }

    private static void WriteBlock(ReadOnlySpan<int> numbers, IBufferWriter<byte> output)
    {
        if (!numbers.ContainsAnyExcept(numbers[0]))
        {
            output.Write([(byte)0]);
            WriteVInt((uint)numbers[0], output);
            return;
        }

        var bits = GetWidth(numbers);
        output.Write([(byte)bits]);
        var encoder = PackedInt32s.GetEncoder(PackedInt32s.Format.PACKED, PackedInt32s.VERSION_CURRENT, bits);
        var packed = new byte[PackedBlock.GetPackedSize(bits)];
        encoder.Encode(numbers.ToArray(), 0, packed, 0, PackedBlock.Size / encoder.ByteValueCount);
        output.Write(packed);
    }

    // Bits that the largest number takes.
    private static int GetWidth(ReadOnlySpan<int> numbers)
    {
        var all = 0;
        foreach (var number in numbers)
        {
            all |= number;
        }

        return 32 - BitOperations.LeadingZeroCount((uint)all);
    }

    private static void WriteVInt(uint value, IBufferWriter<byte> output)
    {
        var bytes = output.GetSpan(MaxVIntSize);
        var written = 0;
        for (; value > 0x7f; value >>= 7)
        {
            bytes[written++] = (byte)(value | 0x80);
        }

        bytes[written++] = (byte)value;
        output.Advance(written);
    }
}
