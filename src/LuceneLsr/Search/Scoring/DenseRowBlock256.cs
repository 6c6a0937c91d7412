using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LuceneLsr.Search.Scoring;

/// <summary>Adds blocks of 32 documents. Needs AVX2.</summary>
internal readonly unsafe struct DenseRowBlock256 : IDenseRowBlock
{
    private const byte LowHalves = 0x20; // of two vectors
    private const byte HighHalves = 0x31;

    public static int Size => Vector256<byte>.Count;

    public static void Add(DenseRowPair* pairs, int count, int document, int* sums)
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
}
