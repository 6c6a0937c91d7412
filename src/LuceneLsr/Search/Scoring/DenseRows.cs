using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LuceneLsr.Search.Scoring;

/// <summary>Adds weighted rows of impacts, one byte per document, to integer accumulators.</summary>
internal static unsafe class DenseRows
{
    private const int MaxPairs = 64; // of rows per pass, so that the addresses fit on the stack

    /// <summary>
    /// Adds rows. On processors that multiply and add pairs of shorts, up to 128 rows are added in one pass over the
    /// accumulators.
    /// </summary>
    /// <param name="rows">The rows, whose impacts are pinned.</param>
    /// <param name="length">Number of documents in each row.</param>
    /// <param name="sums">The accumulators, at least as many as documents.</param>
    public static void Add(ReadOnlySpan<DenseRow> rows, int length, Span<int> sums)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, sums.Length);
        while (!rows.IsEmpty)
        {
            var pass = rows[..Math.Min(rows.Length, 2 * MaxPairs)];
            var added = Avx2.IsSupported && HasOnlyShortWeights(pass) ? AddBlocks(pass, length, sums) : 0;
            foreach (var row in pass)
            {
                AddRow(new ReadOnlySpan<byte>(row.Impacts + added, length - added), row.Weight, sums[added..]);
            }

            rows = rows[pass.Length..];
        }
    }

    private static bool HasOnlyShortWeights(ReadOnlySpan<DenseRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.Weight > short.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    // Returns how many documents were added: all but the last few that do not fill a block.
    private static int AddBlocks(ReadOnlySpan<DenseRow> rows, int length, Span<int> sums)
    {
        var pairs = stackalloc DenseRowPair[MaxPairs];
        var count = 0;
        for (var row = 0; row < rows.Length; row += 2)
        {
            var alone = new DenseRow(rows[row].Impacts, weight: 0);
            pairs[count++] = new DenseRowPair(rows[row], row + 1 < rows.Length ? rows[row + 1] : alone);
        }

        fixed (int* start = sums)
        {
            var added = Vector512.IsHardwareAccelerated && Avx512BW.IsSupported
                ? AddBlocks<DenseRowBlock512>(pairs, count, 0, length, start)
                : 0;
            return AddBlocks<DenseRowBlock256>(pairs, count, added, length, start);
        }
    }

    private static int AddBlocks<TBlock>(DenseRowPair* pairs, int count, int document, int length, int* sums)
        where TBlock : struct, IDenseRowBlock
    {
        for (; document <= length - TBlock.Size; document += TBlock.Size)
        {
            TBlock.Add(pairs, count, document, sums + document);
        }

        return document;
    }

    private static void AddRow(ReadOnlySpan<byte> row, int weight, Span<int> sums)
    {
        var i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[i..]), out var low, out var high);
            AddShorts(low, weight, sums[i..]);
            AddShorts(high, weight, sums[(i + Vector<ushort>.Count)..]);
        }

        for (; i < row.Length; i++)
        {
            sums[i] += weight * row[i];
        }
    }

    private static void AddShorts(Vector<ushort> impacts, int weight, Span<int> sums)
    {
        Vector.Widen(impacts, out var low, out var high);
        AddIntegers(Vector.AsVectorInt32(low), weight, sums);
        AddIntegers(Vector.AsVectorInt32(high), weight, sums[Vector<int>.Count..]);
    }

    private static void AddIntegers(Vector<int> impacts, int weight, Span<int> sums) =>
        ((impacts * weight) + new Vector<int>(sums)).CopyTo(sums);
}
