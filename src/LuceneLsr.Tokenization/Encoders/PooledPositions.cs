using System.Numerics;

namespace LuceneLsr.Tokenization.Encoders;

/// <summary>
/// Finds the pooled position that gives each term its weight, from weights alone, whatever library computes them.
/// </summary>
/// <remarks>
/// <para>With max pooling by group testing: for each bit of the position, one group of positions has the bit and the
/// other does not, and the bit of a term's position is 1 if the first group gives the term the larger weight. This
/// takes 2 log2(n) copies of a sequence instead of n. With sum pooling each position is pooled alone, and the one with
/// the largest weight counts.</para>
/// <para>Weights of two runs are compared only with each other, never with those of other runs, because models with
/// dynamically quantized activations return slightly other weights for another batch.</para>
/// </remarks>
internal static class PooledPositions
{
    /// <summary>
    /// Creates two groups of positions to pool for each bit of their indexes. The groups of a bit are compared with each
    /// other.
    /// </summary>
    public static IEnumerable<IReadOnlyList<int>[]> CreateGroups(IReadOnlyList<int> positions)
    {
        var bits = BitOperations.Log2((uint)positions.Count - 1) + 1;
        return positions.Count == 1 ? [] : Enumerable.Range(0, bits).Select(bit => SplitByBit(positions, bit));
    }

    /// <summary>Creates one group for each position.</summary>
    public static IEnumerable<IReadOnlyList<int>[]> CreateSingles(IReadOnlyList<int> positions) =>
        positions.Select(position => (IReadOnlyList<int>[])[[position]]);

    /// <summary>
    /// Finds the index of a term's position. Returns null if it is ambiguous: the weights of two groups are equal, or
    /// rounding decided so many bits that there is no such position.
    /// </summary>
    /// <param name="weights">The term's weight for each group of each set.</param>
    /// <param name="positions">The number of positions.</param>
    /// <param name="isSingle">Whether the groups are single positions.</param>
    public static int? Find(IReadOnlyList<float[]> weights, int positions, bool isSingle)
    {
        if (isSingle)
        {
            return weights.Index().MaxBy(single => single.Item[0]).Index; // the first of equal ones
        }

        var found = weights.Index().Sum(bit => bit.Item[1] > bit.Item[0] ? 1 << bit.Index : 0);
        return found >= positions || weights.Any(groups => groups[0] == groups[1]) ? null : found;
    }

    // Both groups have the same size, which length normalization depends on. A repeated position does not change a
    // maximum.
    private static IReadOnlyList<int>[] SplitByBit(IReadOnlyList<int> positions, int bit)
    {
        var groups = Enumerable.Range(0, positions.Count)
            .ToLookup(index => (index >> bit) & 1, index => positions[index]);
        var size = Math.Max(groups[0].Count(), groups[1].Count());
        return [Fill(groups[0]), Fill(groups[1])];

        int[] Fill(IEnumerable<int> group) =>
            [.. group, .. Enumerable.Repeat(group.Last(), size - group.Count())];
    }
}
