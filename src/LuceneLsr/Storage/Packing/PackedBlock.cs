using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Lucene.Net.Util.Packed;

namespace LuceneLsr.Storage.Packing;

/// <summary>
/// Unpacks the blocks of 128 numbers in which Lucene's postings formats since 4.1 lie on disk: numbers of one width, one
/// behind the other, either the high bit first (<see cref="PackedInt32s.Format.PACKED"/>) or from the low end of 64-bit
/// words, which stand the high byte first (<see cref="PackedInt32s.Format.PACKED_SINGLE_BLOCK"/>, for widths that fill
/// a word). Eight numbers take as many bytes as a number has bits.
/// </summary>
internal static class PackedBlock
{
    /// <summary>Numbers of a block.</summary>
    public const int Size = 128;

    /// <summary>Bytes read as parts of vectors behind a block.</summary>
    public const int Padding = 16;

    private const int WidestInVectors = 25; // a number may begin at any bit of a byte, and end within four bytes

    private static readonly Gather[] HighFirst = Gathers(isHighFirst: true), LowFirst = Gathers(isHighFirst: false);

    /// <summary>Bytes of a block.</summary>
    public static int PackedSize(int bits) => Size / 8 * bits;

    /// <summary>Whether blocks of a format and width are as described above.</summary>
    public static bool Knows(PackedInt32s.Format format, int bits) => format == PackedInt32s.Format.PACKED
        || (format == PackedInt32s.Format.PACKED_SINGLE_BLOCK && 64 % bits == 0);

    /// <summary>Unpacks a block.</summary>
    /// <param name="packed">Begins with the packed numbers; faster where <see cref="Padding"/> follows them.</param>
    /// <param name="format">How they are packed.</param>
    /// <param name="bits">Bits of a number, 1 to 32.</param>
    /// <param name="numbers">[<see cref="Size"/>]</param>
    public static void Unpack(ReadOnlySpan<byte> packed, PackedInt32s.Format format, int bits, int[] numbers)
    {
        var size = PackedSize(bits);
        if (!Avx2.IsSupported || bits > WidestInVectors)
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

    private static void UnpackVectors(ReadOnlySpan<byte> packed, int bits, Gather gather, Span<int> numbers)
    {
        var (bytes, shifts) = gather;
        var mask = Vector256.Create((1u << bits) - 1);
        for (var at = 0; at < Size; at += Vector256<int>.Count)
        {
            var group = packed[(at / 8 * bits)..];
            var both = Vector256.Create(Vector128.Create(group), Vector128.Create(group[(bits / 2)..]));
            var words = Avx2.Shuffle(both, bytes).AsUInt32();
            (Avx2.ShiftRightLogicalVariable(words, shifts) & mask).AsInt32().CopyTo(numbers[at..]);
        }
    }

    private static Gather[] Gathers(bool isHighFirst) =>
        [.. Enumerable.Range(0, WidestInVectors + 1).Select(bits => Gather.Of(bits, isHighFirst))];

    /// <summary>
    /// Where the four bytes of each of eight numbers stand: of the first four in a vector that begins with the group,
    /// of the others in one that begins at half of it; and how far to shift them.
    /// </summary>
    private readonly record struct Gather(Vector256<byte> Bytes, Vector256<uint> Shifts)
    {
        public static Gather Of(int bits, bool isHighFirst)
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
                    bytes[(4 * number) + i] = (byte)(first + (isHighFirst ? 3 - i : i)); // of a word, the low byte first
                }
            }

            return new(Vector256.Create(bytes), Vector256.Create(shifts));
        }
    }
}
