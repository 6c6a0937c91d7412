using CsCheck;
using LuceneLsr.Orleans.Placement;

namespace LuceneLsr.Orleans.Tests.Placement;

public class ShardAssignmentTests
{
    [Fact]
    public void Silos_get_equal_shares_and_replicas_of_a_shard_different_silos() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 3], Gen.Int[1, 8]).Sample((shards, replicas, count) =>
        {
            var assignment = ShardAssignment.Assign(shards, replicas, CreateSilos(count));
            Assert.Equal(shards * replicas, assignment.Count);
            Assert.All(
                assignment.GroupBy(replica => replica.Value),
                silo => Assert.InRange(silo.Count(), 1, ((shards * replicas) + count - 1) / count));
            Assert.All(
                assignment.GroupBy(replica => replica.Key.Shard),
                shard => Assert.Equal(
                    Math.Min(replicas, count), shard.Select(replica => replica.Value).Distinct().Count()));
        });

    [Fact]
    public void Most_replicas_stay_when_a_silo_joins()
    {
        var before = ShardAssignment.Assign(60, 2, CreateSilos(5));
        var after = ShardAssignment.Assign(60, 2, CreateSilos(6));
        Assert.InRange(before.Count(replica => after[replica.Key] != replica.Value), 20, 50); // 20 must move
    }

    private static string[] CreateSilos(int count) =>
        [.. Enumerable.Range(0, count).Select(silo => $"10.0.0.{silo}:11111")];
}
