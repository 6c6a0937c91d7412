using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Lucene.Net.Util.Packed;

namespace LuceneLsr.Storage.Packing;

/// <summary>
/// Unpacks blocks of 128 bit-packed numbers, the blocks of Lucene's postings formats since 4.1. All numbers of a block
/// have the same width in bits, so eight numbers take as many bytes as a number has bits.
/// </summary>
/// <remarks>
/// <see cref="PackedInt32s.Format.PACKED"/> is one stream of bits, high bits first.
/// <see cref="PackedInt32s.Format.PACKED_SINGLE_BLOCK"/> fills big-endian 64-bit words from their low end; supported
/// for widths that divide 64. The vectorized code shuffles the bytes of eight numbers into the lanes of a vector, then
/// shifts and masks each lane (Willhalm et al., "SIMD-Scan: Ultra Fast in-Memory Table Scan using on-Chip Vector
/// Processing Units", VLDB 2009).
/// </remarks>
internal static class PackedBlock
{
    /// <summary>Numbers per block.</summary>
    public const int Size = 128;

    /// <summary>Bytes after a block that vector reads may touch.</summary>
    public const int Padding = 16;

    private const int MaxBitsInVectors = 25; // a number may begin at any bit of a byte and must end within four bytes

    private static readonly Gather[] HighFirst = CreateGathers(isHighFirst: true);
    private static readonly Gather[] LowFirst = CreateGathers(isHighFirst: false);

    /// <summary>Returns the size of a packed block in bytes.</summary>
    public static int GetPackedSize(int bits) => Size / 8 * bits;

    /// <summary>Returns whether blocks of a format and width can be unpacked.</summary>
    public static bool IsSupported(PackedInt32s.Format format, int bits) => format == PackedInt32s.Format.PACKED
        || (format == PackedInt32s.Format.PACKED_SINGLE_BLOCK && 64 % bits == 0);

    /// <summary>Unpacks a block.</summary>
    /// <param name="packed">
    /// Starts with the packed block. Unpacking is faster if at least <see cref="Padding"/> more bytes follow it.
    /// </param>
    /// <param name="format">How the numbers are packed.</param>
    /// <param name="bits">Bits per number, 1 to 32.</param>
    /// <param name="numbers">Receives the numbers; [<see cref="Size"/>].</param>
    public static void Unpack(ReadOnlySpan<byte> packed, PackedInt32s.Format format, int bits, int[] numbers)
    {
        var size = GetPackedSize(bits);
        if (!Avx2.IsSupported || bits > MaxBitsInVectors)
        {
            var decoder = PackedInt32s.GetDecoder(format, PackedInt32s.VERSION_CURRENT, bits);
            decoder.Decode(packed[..size].ToArray(), 0, numbers, 0, Size / decoder.ByteValueCount);
        }
        else if (format == PackedInt32s.Format.PACKED_SINGLE_BLOCK)
        {
            Span<byte> words = stackalloc byte[size + Padding];
            BinaryPrimitives.ReverseEndianness(
                MemoryMarshal.Cast<byte, ulong>(packed[..size]), MemoryMarshal.Cast<byte, ulong>(words[..size]));
            UnpackVectors(words, bits, LowFirst[bits], numbers);
        }
        else if (packed.Length >= size + Padding)
        {
            UnpackVectors(packed, bits, HighFirst[bits], numbers);
        }
        else
        {
            Span<byte> padded = stackalloc byte[size + Padding];
            packed[..size].CopyTo(padded);
            UnpackVectors(padded, bits, HighFirst[bits], numbers);
        }
    }

    private static unsafe void UnpackVectors(ReadOnlySpan<byte> packed, int bits, Gather gather, Span<int> numbers)
    {
        packed = packed[..(GetPackedSize(bits) + Padding)]; // all that is read below
        numbers = numbers[..Size]; // all that is written
        var (bytes, shifts) = gather;
        var mask = Vector256.Create((1u << bits) - 1);
        fixed (byte* start = packed)
        fixed (int* output = numbers)
        {
            var group = start;
            for (var i = 0; i < Size; i += Vector256<int>.Count)
            {
                var both = Vector256.Create(Vector128.Load(group), Vector128.Load(group + (bits / 2)));
                var words = Avx2.Shuffle(both, bytes).AsUInt32();
                (Avx2.ShiftRightLogicalVariable(words, shifts) & mask).AsInt32().Store(output + i);
                group += bits;
            }
        }
    }

    private static Gather[] CreateGathers(bool isHighFirst) =>
        [.. Enumerable.Range(0, MaxBitsInVectors + 1).Select(bits => Gather.Create(bits, isHighFirst))];

    /// <summary>
    /// The positions of the four bytes that hold each of eight numbers, and how far to shift them. The first four
    /// numbers are taken from a vector that begins with the group, the others from one that begins at half of it.
    /// </summary>
    private readonly record struct Gather(Vector256<byte> Bytes, Vector256<uint> Shifts)
    {
        public static Gather Create(int bits, bool isHighFirst)
        {
            var bytes = new byte[Vector256<byte>.Count];
            var shifts = new uint[Vector256<uint>.Count];
            for (var number = 0; number < shifts.Length; number++)
            {
                var bit = number * bits;
                var first = (bit / 8) - (number < 4 ? 0 : bits / 2);
                shifts[number] = (uint)(isHighFirst ? 32 - bits - (bit % 8) : bit % 8);
                for (var i = 0; i < 4; i++)
                {
                    bytes[(4 * number) + i] = (byte)(first + (isHighFirst ? 3 - i : i)); // little-endian lanes
                }
            }

            return new(Vector256.Create(bytes), Vector256.Create(shifts));
        }
    }
}
