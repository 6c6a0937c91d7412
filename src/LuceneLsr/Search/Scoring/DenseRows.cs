using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LuceneLsr.Search.Scoring;

/// <summary>Adds weighted rows, an impact of one byte a document, to sums.</summary>
internal static class DenseRows
{
    /// <summary>Adds a row.</summary>
    /// <param name="row">Not longer than the sums.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="sums">The sums.</param>
    public static void Add(ReadOnlySpan<byte> row, int weight, Span<int> sums)
    {
        var at = 0;
        for (; at <= row.Length - Vector<byte>.Count; at += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[at..]), out var low, out var high);
            AddShorts(low, weight, sums[at..]);
            AddShorts(high, weight, sums[(at + Vector<ushort>.Count)..]);
        }

        for (; at < row.Length; at++)
        {
            sums[at] += weight * row[at];
        }
    }

    /// <summary>
    /// Adds two rows of one length at once, in half the time where the processor multiplies and adds pairs of shorts.
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

    // Returns how many documents it did: all but a rest of less than eight.
    private static int AddPairs(
        ReadOnlySpan<byte> first, int firstWeight, ReadOnlySpan<byte> second, int secondWeight, Span<int> sums)
    {
        var weights = Vector256.Create((secondWeight << 16) | firstWeight).AsInt16();
        var at = 0;
        for (; at <= first.Length - Vector256<int>.Count; at += Vector256<int>.Count)
        {
            var pairs = Sse2.UnpackLow(Eight(first[at..]), Eight(second[at..]));
            var products = Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(pairs), weights);
            (Vector256.Create<int>(sums[at..]) + products).CopyTo(sums[at..]);
        }

        return at;
    }

    private static Vector128<byte> Eight(ReadOnlySpan<byte> row) =>
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
