using CsCheck;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Tests.Search.Scoring;

public class DenseRowsTests
{
    // Includes weights around the maximum of a short, where AddPair falls back to Add.
    private static readonly Gen<int> Weights = Gen.OneOf(Gen.Int[1, 300], Gen.Int[32_760, 32_775], Gen.Int[1, 65_535]);

    [Fact]
    public void Add_and_AddPair_equal_scalar_loop() => Gen.Select(
        Gen.Int[0, 100].SelectMany(length => Gen.Select(Gen.Byte.Array[length], Gen.Byte.Array[length])),
        Weights, Weights).Sample((rows, first, second) =>
        {
            var sums = Enumerable.Range(0, rows.Item1.Length + 3).ToArray();
            var expected = sums.Select((sum, i) => i < rows.Item1.Length
                ? sum + (first * rows.Item1[i]) + (second * rows.Item2[i])
                : sum);
            int[] single = [.. sums], pair = [.. sums];
            DenseRows.Add(rows.Item1, first, single);
            DenseRows.Add(rows.Item2, second, single);
            DenseRows.AddPair(rows.Item1, first, rows.Item2, second, pair);
            Assert.Equal(expected, single);
            Assert.Equal(expected, pair);
        });
}
