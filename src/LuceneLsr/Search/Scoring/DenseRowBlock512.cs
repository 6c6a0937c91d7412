using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LuceneLsr.Search.Scoring;

/// <summary>Adds blocks of 64 documents. Needs AVX-512BW.</summary>
internal readonly unsafe struct DenseRowBlock512 : IDenseRowBlock
{
    private const byte LowHalves = 0b01_00_01_00; // quarters 0 and 1 of two vectors
    private const byte HighHalves = 0b11_10_11_10;
    private const byte EvenQuarters = 0b10_00_10_00;
    private const byte OddQuarters = 0b11_01_11_01;

    public static int Size => Vector512<byte>.Count;

    public static void Add(DenseRowPair* pairs, int count, int document, int* sums)
    {
        var (a, b, c, d) = (Vector512<int>.Zero, Vector512<int>.Zero, Vector512<int>.Zero, Vector512<int>.Zero);
        for (var pair = pairs; pair < pairs + count; pair++)
        {
            var weights = Vector512.Create(pair->Weights).AsInt16();
            var first = Vector512.Load(pair->First + document);
            var second = Vector512.Load(pair->Second + document);
            var low = Avx512BW.UnpackLow(first, second);
            var high = Avx512BW.UnpackHigh(first, second);
            a += MultiplyAdd(Avx512BW.UnpackLow(low, Vector512<byte>.Zero), weights); // documents 0 to 3 of each 16
            b += MultiplyAdd(Avx512BW.UnpackHigh(low, Vector512<byte>.Zero), weights); // 4 to 7
            c += MultiplyAdd(Avx512BW.UnpackLow(high, Vector512<byte>.Zero), weights); // 8 to 11
            d += MultiplyAdd(Avx512BW.UnpackHigh(high, Vector512<byte>.Zero), weights); // 12 to 15
        }

        AddHalves(sums, Avx512F.Shuffle4x128(a, b, LowHalves), Avx512F.Shuffle4x128(c, d, LowHalves));
        AddHalves(sums + 32, Avx512F.Shuffle4x128(a, b, HighHalves), Avx512F.Shuffle4x128(c, d, HighHalves));
    }

    // Adds 32 documents: of each 16, one vector has the first eight, in two quarters, and the other the last eight.
    private static void AddHalves(int* sums, Vector512<int> first, Vector512<int> last)
    {
        AddTo(sums, Avx512F.Shuffle4x128(first, last, EvenQuarters));
        AddTo(sums + 16, Avx512F.Shuffle4x128(first, last, OddQuarters));
    }

    private static Vector512<int> MultiplyAdd(Vector512<byte> impacts, Vector512<short> weights) =>
        Avx512BW.MultiplyAddAdjacent(impacts.AsInt16(), weights);

    private static void AddTo(int* sums, Vector512<int> products) => (Vector512.Load(sums) + products).Store(sums);
}
