using CsCheck;
using LuceneLsr.Search;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Tests.Search.Scoring;

public class DenseRowsTests
{
    // Around the lengths of vectors and the weights of shorts.
    private static readonly Gen<int> Weights = Gen.OneOf(Gen.Int[1, 300], Gen.Int[32_760, 32_775], Gen.Int[1, 65_535]);

    [Fact]
    public void Rows_are_added_as_by_a_plain_loop() => Gen.Select(
        Gen.Int[0, 100].SelectMany(length => Gen.Select(Gen.Byte.Array[length], Gen.Byte.Array[length])),
        Weights, Weights).Sample((rows, first, second) =>
        {
            var sums = Enumerable.Range(0, rows.Item1.Length + 3).ToArray();
            var expected = sums.Select((sum, at) => at < rows.Item1.Length
                ? sum + (first * rows.Item1[at]) + (second * rows.Item2[at])
                : sum);
            int[] single = [.. sums], pair = [.. sums];
            DenseRows.Add(rows.Item1, first, single);
            DenseRows.Add(rows.Item2, second, single);
            DenseRows.AddPair(rows.Item1, first, rows.Item2, second, pair);
            Assert.Equal(expected, single);
            Assert.Equal(expected, pair);
        });
}
