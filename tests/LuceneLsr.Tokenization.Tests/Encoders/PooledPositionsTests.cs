using LuceneLsr.Tokenization.Encoders;

namespace LuceneLsr.Tokenization.Tests.Encoders;

public class PooledPositionsTests
{
    /// <summary>Sets of groups for the bits 1, 2 and 4 of a position.</summary>
    [Theory]
    [InlineData(new float[] { 1, 2 }, new float[] { 2, 1 }, new float[] { 0, 1 }, 6, 5)]
    [InlineData(new float[] { 2, 1 }, new float[] { 2, 1 }, new float[] { 1, 0 }, 5, 0)]
    [InlineData(new float[] { 1, 1 }, new float[] { 2, 1 }, new float[] { 1, 0 }, 5, null)] // equal groups
    [InlineData(new float[] { 1, 2 }, new float[] { 1, 2 }, new float[] { 0, 1 }, 5, null)] // 7 of 5 positions
    public void Find_by_groups_returns_position_or_null_if_ambiguous(
        float[] first, float[] second, float[] third, int positions, int? expected) =>
        Assert.Equal(expected, PooledPositions.Find([first, second, third], positions, isSingle: false));

    [Fact]
    public void Find_by_single_positions_returns_first_of_the_largest() =>
        Assert.Equal(1, PooledPositions.Find([[0.5f], [2], [2]], 3, isSingle: true));
}
