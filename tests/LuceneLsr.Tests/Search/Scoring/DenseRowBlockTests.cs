using System.Runtime.Intrinsics.X86;
using CsCheck;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Tests.Search.Scoring;

/// <summary>Compares the vector code of each size with a scalar loop.</summary>
public unsafe class DenseRowBlockTests
{
    [Fact]
    public void Add_blocks_of_32_documents_equals_scalar_loop()
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor does not have AVX2.");
        AssertEqualsScalarLoop<DenseRowBlock256>();
    }

    [Fact]
    public void Add_blocks_of_64_documents_equals_scalar_loop()
    {
        Assert.SkipUnless(Avx512BW.IsSupported, "This processor does not have AVX-512BW.");
        AssertEqualsScalarLoop<DenseRowBlock512>();
    }

    private static void AssertEqualsScalarLoop<TBlock>()
        where TBlock : struct, IDenseRowBlock => Gen.Select(
        Gen.Byte.Array[3 * TBlock.Size].Array[2, 8], Gen.Int[1, short.MaxValue].Array[8], Gen.Int[-9, 9]).Sample(
        (rows, weights, start) =>
        {
            var count = rows.Length / 2;
            var sums = Enumerable.Repeat(start, 3 * TBlock.Size).ToArray();
            var expected = sums.Select((sum, document) => sum + Enumerable.Range(0, 2 * count)
                .Sum(row => weights[row] * rows[row][document])).ToArray();
            var pinned = rows.Select(row => row.AsMemory().Pin()).ToArray();
            var pairs = stackalloc DenseRowPair[count];
            for (var i = 0; i < count; i++)
            {
                var (first, second) = (2 * i, (2 * i) + 1);
                pairs[i] = new DenseRowPair(
                    new DenseRow((byte*)pinned[first].Pointer, weights[first]),
                    new DenseRow((byte*)pinned[second].Pointer, weights[second]));
            }

            fixed (int* address = sums)
            {
                for (var document = 0; document < sums.Length; document += TBlock.Size)
                {
                    TBlock.Add(pairs, count, document, address + document);
                }
            }

            Array.ForEach(pinned, pin => pin.Dispose());
            Assert.Equal(expected, sums);
        },
        iter: 100);
}
