using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LuceneLsr.Search.Scoring;

/// <summary>Adds weighted rows of impacts, one byte per document, to integer accumulators.</summary>
internal static unsafe class DenseRows
{
    private const int BlockSize = 32; // documents per step of AddBlocks
    private const int MaxPairs = 64; // of rows per pass, so that the addresses fit on the stack
    private const byte LowHalves = 0x20; // of two vectors
    private const byte HighHalves = 0x31;

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
        var pairs = stackalloc Pair[MaxPairs];
        var count = 0;
        for (var row = 0; row < rows.Length; row += 2)
        {
            var alone = new DenseRow(rows[row].Impacts, weight: 0);
            pairs[count++] = new Pair(rows[row], row + 1 < rows.Length ? rows[row + 1] : alone);
        }

        var end = length - (length % BlockSize);
        fixed (int* start = sums)
        {
            for (var document = 0; document < end; document += BlockSize)
            {
                AddBlock(pairs, count, document, start + document);
            }
        }

        return end;
    }

    // Interleaves the bytes of two rows, widens them to shorts, and multiplies and adds neighbors. Unpacking works on
    // the halves of a vector separately, so that the sums get into order only at the end.
    private static void AddBlock(Pair* pairs, int count, int document, int* sums)
    {
        var (a, b, c, d) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        for (var pair = pairs; pair < pairs + count; pair++)
        {
            var weights = Vector256.Create(pair->Weights).AsInt16();
            var first = Vector256.Load(pair->First + document);
            var second = Vector256.Load(pair->Second + document);
            var low = Avx2.UnpackLow(first, second);
            var high = Avx2.UnpackHigh(first, second);
            a += MultiplyAdd(Avx2.UnpackLow(low, Vector256<byte>.Zero), weights); // documents 0 to 3 and 16 to 19
            b += MultiplyAdd(Avx2.UnpackHigh(low, Vector256<byte>.Zero), weights); // 4 to 7 and 20 to 23
            c += MultiplyAdd(Avx2.UnpackLow(high, Vector256<byte>.Zero), weights); // 8 to 11 and 24 to 27
            d += MultiplyAdd(Avx2.UnpackHigh(high, Vector256<byte>.Zero), weights); // 12 to 15 and 28 to 31
        }

        AddTo(sums, Avx2.Permute2x128(a, b, LowHalves));
        AddTo(sums + 8, Avx2.Permute2x128(c, d, LowHalves));
        AddTo(sums + 16, Avx2.Permute2x128(a, b, HighHalves));
        AddTo(sums + 24, Avx2.Permute2x128(c, d, HighHalves));
    }

    private static Vector256<int> MultiplyAdd(Vector256<byte> impacts, Vector256<short> weights) =>
        Avx2.MultiplyAddAdjacent(impacts.AsInt16(), weights);

    private static void AddTo(int* sums, Vector256<int> products) => (Vector256.Load(sums) + products).Store(sums);

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

    // Two rows, and their weights as two shorts.
    private readonly struct Pair(DenseRow first, DenseRow second)
    {
        public readonly byte* First = first.Impacts;
        public readonly byte* Second = second.Impacts;
        public readonly int Weights = (second.Weight << 16) | first.Weight;
    }
}
