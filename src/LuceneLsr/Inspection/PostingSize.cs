using System.Numerics;

namespace LuceneLsr.Inspection;

/// <summary>
/// The size of a term's postings in <c>Lucene41PostingsFormat</c>, without skip data: blocks of 128 document deltas and
/// 128 frequencies with as many bits as the largest value needs, then the rest in variable-length integers.
/// </summary>
internal static class PostingSize
{
    private const int BlockSize = 128;

    /// <summary>Computes the size in bytes. A single posting is stored in the term dictionary.</summary>
    public static long Compute(IReadOnlyList<int> deltas, IReadOnlyList<int> frequencies)
    {
        if (deltas.Count == 1)
        {
            return 0;
        }

        var (size, start) = (0L, 0);
        for (; start + BlockSize <= deltas.Count; start += BlockSize)
        {
            size += ComputeBlock(deltas, start) + ComputeBlock(frequencies, start);
        }

        for (; start < deltas.Count; start++)
        {
            // The last bit of the delta says whether the frequency is 1, which is then left out.
            size += ComputeVInt(((long)deltas[start] << 1) | 1);
            size += frequencies[start] == 1 ? 0 : ComputeVInt(frequencies[start]);
        }

        return size;
    }

    // A block of equal values is a header and the value.
    private static long ComputeBlock(IReadOnlyList<int> values, int start)
    {
        var (first, max, isConstant) = (values[start], 0, true);
        for (var index = start; index < start + BlockSize; index++)
        {
            max = Math.Max(max, values[index]);
            isConstant &= values[index] == first;
        }

        return 1 + (isConstant ? ComputeVInt(first) : BlockSize / 8 * (BitOperations.Log2((uint)max) + 1));
    }

    private static int ComputeVInt(long value) => (BitOperations.Log2((ulong)value | 1) / 7) + 1;
}
