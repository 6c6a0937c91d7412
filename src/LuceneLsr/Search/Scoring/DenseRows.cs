using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LuceneLsr.Search.Scoring;

/// <summary>Adds weighted rows of impacts, one byte per document, to integer accumulators.</summary>
internal static class DenseRows
{
    /// <summary>Adds a weighted row.</summary>
    /// <param name="row">The impacts; at most as many as sums.</param>
    /// <param name="weight">Weight of the row.</param>
    /// <param name="sums">The accumulators.</param>
    public static void Add(ReadOnlySpan<byte> row, int weight, Span<int> sums)
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

    /// <summary>
    /// Adds two weighted rows of equal length in one pass. On processors that multiply and add pairs of shorts it takes
    /// half the time of two calls of <see cref="Add"/>.
    /// </summary>
    public static void AddPair(
        ReadOnlySpan<byte> first, int firstWeight, ReadOnlySpan<byte> second, int secondWeight, Span<int> sums)
    {
        var added = Avx2.IsSupported && Math.Max(firstWeight, secondWeight) <= short.MaxValue
            ? AddPairs(first, firstWeight, second, secondWeight, sums)
            : 0;
        Add(first[added..], firstWeight, sums[added..]);
        Add(second[added..], secondWeight, sums[added..]);
    }

    // Returns how many documents were added: all but the last few that do not fill a vector.
    private static int AddPairs(
        ReadOnlySpan<byte> first, int firstWeight, ReadOnlySpan<byte> second, int secondWeight, Span<int> sums)
    {
        var weights = Vector256.Create((secondWeight << 16) | firstWeight).AsInt16();
        var i = 0;
        for (; i <= first.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            var pairs = Sse2.UnpackLow(LoadEight(first[i..]), LoadEight(second[i..]));
            var products = Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(pairs), weights);
            (Vector256.Create<int>(sums[i..]) + products).CopyTo(sums[i..]);
        }

        return i;
    }

    private static Vector128<byte> LoadEight(ReadOnlySpan<byte> row) =>
        Vector128.CreateScalarUnsafe(MemoryMarshal.Read<ulong>(row)).AsByte();

    private static void AddShorts(Vector<ushort> impacts, int weight, Span<int> sums)
    {
        Vector.Widen(impacts, out var low, out var high);
        AddIntegers(Vector.AsVectorInt32(low), weight, sums);
        AddIntegers(Vector.AsVectorInt32(high), weight, sums[Vector<int>.Count..]);
    }

    private static void AddIntegers(Vector<int> impacts, int weight, Span<int> sums) =>
        ((impacts * weight) + new Vector<int>(sums)).CopyTo(sums);
}
