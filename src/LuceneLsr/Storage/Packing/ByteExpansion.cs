using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LuceneLsr.Storage.Packing;

/// <summary>
/// Expands bytes to the positions of a bitmap. The next eight bits select one of 256 shuffles, which moves the next
/// bytes to the positions of the ones.
/// </summary>
internal static class ByteExpansion
{
    private const int PositionsPerStep = 8; // one byte of the bitmap
    private const byte None = 0x80; // a shuffle gives zero

    private static readonly ulong[] Shuffles = [.. Enumerable.Range(0, 256).Select(CreateShuffle)];

    /// <summary>Expands bytes.</summary>
    /// <param name="bitmap">One bit per position, low bits first. Each one takes the next value.</param>
    /// <param name="values">The bytes.</param>
    /// <param name="output">
    /// Receives the values, and zero where the bitmap has zero; as many as the bitmap has bits.
    /// </param>
    /// <returns>The number of values that were taken.</returns>
    /// <exception cref="IndexOutOfRangeException">The bitmap has more ones than there are values.</exception>
    public static int Expand(ReadOnlySpan<byte> bitmap, ReadOnlySpan<byte> values, Span<byte> output)
    {
        var steps = MemoryMarshal.Cast<byte, ulong>(output[..(bitmap.Length * PositionsPerStep)]);
        var next = 0;
        var step = 0;
        for (; step < bitmap.Length && next <= values.Length - PositionsPerStep; step++)
        {
            var source = Vector128.CreateScalarUnsafe(MemoryMarshal.Read<ulong>(values[next..])).AsByte();
            var shuffle = Vector128.CreateScalarUnsafe(Shuffles[bitmap[step]]).AsByte();
            steps[step] = Vector128.ShuffleNative(source, shuffle).AsUInt64().ToScalar();
            next += BitOperations.PopCount(bitmap[step]);
        }

        for (var position = step * PositionsPerStep; position < bitmap.Length * PositionsPerStep; position++)
        {
            var isOne = (bitmap[position / PositionsPerStep] >> (position % PositionsPerStep) & 1) != 0;
            output[position] = isOne ? values[next++] : (byte)0;
        }

        return next;
    }

    private static ulong CreateShuffle(int bits)
    {
        var shuffle = new byte[PositionsPerStep];
        byte next = 0;
        for (var position = 0; position < PositionsPerStep; position++)
        {
            shuffle[position] = (bits >> position & 1) != 0 ? next++ : None;
        }

        return MemoryMarshal.Read<ulong>(shuffle);
    }
}
