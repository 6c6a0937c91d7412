using CsCheck;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Tests.Search.Scoring;

public unsafe class DenseRowsTests
{
    // Around the maximum of a short, above which products are not added in pairs.
    private static readonly Gen<int> Weights = Gen.OneOf(Gen.Int[1, 300], Gen.Int[32_760, 32_775], Gen.Int[1, 65_535]);

    // More than 128 rows take two passes, blocks of 32 or 64 documents are added as vectors.
    [Fact]
    public void Add_equals_scalar_loop() => Gen.Int[0, 150].SelectMany(length => Gen.Select(
        Gen.Byte.Array[length], Weights).Array[0, 140]).Sample(
        rows =>
        {
            var length = rows.Length == 0 ? 0 : rows[0].Item1.Length;
            var sums = Enumerable.Range(0, length + 3).ToArray();
            var expected = sums.Select((sum, document) => document < length
                ? rows.Aggregate(sum, (total, row) => total + (row.Item2 * row.Item1[document])) // may wrap around
                : sum).ToArray();
            Add(rows, length, sums);
            Assert.Equal(expected, sums);
        },
        iter: 300);

    [Fact]
    public void Add_more_documents_than_sums_throws() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Add([(new byte[40], 1)], 40, new int[39]));

    private static void Add((byte[] Impacts, int Weight)[] rows, int length, int[] sums)
    {
        var pinned = rows.Select(row => GC.AllocateArray<byte>(length, pinned: true)).ToArray();
        var dense = new DenseRow[rows.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row].Impacts.CopyTo(pinned[row], 0);
            fixed (byte* impacts = pinned[row])
            {
                dense[row] = new DenseRow(impacts, rows[row].Weight);
            }
        }

        DenseRows.Add(dense, length, sums);
        GC.KeepAlive(pinned);
    }
}
